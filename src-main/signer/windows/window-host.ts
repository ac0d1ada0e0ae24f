/**
 * The signer's window as the signer sees it: one at a time, tasks of the trader's and confirmations of the signing
 * service, one after another. Invariants: every confirmation is answered once; a window that goes has declined what
 * it showed; what waited behind asks for a window of its own.
 */
import { assertNever } from '#domain/assert-never.ts';
import type { OperationId } from '#domain/ids.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import type { Confirmation, SignerAct, SignerView } from '#domain/signer-window.ts';
import { confirm, type ConfirmAnswer } from './confirm-steps.ts';
import { createKey } from './create-key-steps.ts';
import { Dialog, DialogClosed } from './dialog.ts';
import { importKeys, importPracticeKey } from './import-key-steps.ts';
import { exportKey, removeKey } from './key-steps.ts';
import {
  changePassphrase,
  ensureUnlocked,
  showDone,
  showProblem,
  switchSecondWrap,
} from './passphrase-steps.ts';
import type { TaskParts } from './task-parts.ts';

/** The signer's end of the port to the page. */
export interface WindowPort {
  /** Main's, by which it knows the window. */
  readonly number: number;
  show(view: SignerView): void;
  close(): void;
}

export interface WindowHostParts extends TaskParts {
  /** Main opens the window, or brings it to the front. */
  onWanted(): void;
  /** Main closes the window of this number. */
  onDone(number: number): void;
  /** Milliseconds that never go back; only differences count. */
  nowMs(): number;
}

interface Asked {
  readonly confirmation: Confirmation;
  answer(answer: ConfirmAnswer): void;
}

type Job = { readonly task: SignerTask } | { readonly asked: Asked };

export class WindowHost {
  readonly #parts: WindowHostParts;
  #waiting: Job[] = [];
  #port: WindowPort | null = null;
  #dialog: Dialog | null = null;
  #current: Job | null = null;
  #busy = false;

  constructor(parts: WindowHostParts) {
    this.#parts = parts;
  }

  /** A new window takes the place of the one before, which thereby has declined. `task` null: for what waits. */
  attach(port: WindowPort, task: SignerTask | null): void {
    this.#endWindow();
    this.#port = port;
    if (task !== null) this.#waiting.unshift({ task });
    void this.#work();
  }

  /** The page has gone. */
  detach(port: WindowPort): void {
    if (this.#port === port) this.#endWindow();
  }

  /** What the trader did there. */
  take(port: WindowPort, act: SignerAct): void {
    if (this.#port !== port) return;
    this.#parts.session.touch();
    // Between two screens nobody listens; closing counts all the same.
    this.#dialog?.take(act);
  }

  askTrader(confirmation: Confirmation): Promise<ConfirmAnswer> {
    return new Promise((answer) => {
      this.#waiting.push({ asked: { confirmation, answer } });
      this.#parts.onWanted();
      void this.#work();
    });
  }

  /** The operation was given up: its confirmation is no longer asked. */
  withdraw(operation: OperationId): void {
    const isIts = (job: Job): boolean =>
      'asked' in job && job.asked.confirmation.operationId === operation;
    for (const job of this.#waiting.filter(isIts)) if ('asked' in job) job.asked.answer('declined');
    this.#waiting = this.#waiting.filter((job) => !isIts(job));
    if (this.#current !== null && isIts(this.#current)) this.#dialog?.close();
  }

  /** The keys were locked: the window ends at once, whatever its task still does; what waits counts as declined. */
  endAll(): void {
    for (const job of this.#waiting) if ('asked' in job) job.asked.answer('declined');
    this.#waiting = [];
    this.#dialog?.close();
    this.#finish();
  }

  #endWindow(): void {
    const port = this.#port;
    this.#port = null;
    // What the trader opened this window for ends with it; confirmations do not.
    this.#waiting = this.#waiting.filter((job) => 'asked' in job);
    this.#dialog?.close();
    port?.close();
  }

  #finish(): void {
    const port = this.#port;
    if (port === null) return;
    this.#port = null;
    this.#parts.onDone(port.number);
    port.close();
  }

  async #work(): Promise<void> {
    if (this.#busy || this.#port === null) return;
    this.#busy = true;
    while (this.#port !== null) {
      const job = this.#waiting.shift();
      if (job === undefined) this.#finish();
      else await this.#run(job, this.#port);
    }
    this.#busy = false;
    if (this.#waiting.length > 0) this.#parts.onWanted();
  }

  async #run(job: Job, port: WindowPort): Promise<void> {
    const dialog = new Dialog((view) => port.show(view));
    this.#dialog = dialog;
    this.#current = job;
    try {
      if ('task' in job) await this.#runTask(dialog, job.task);
      else job.asked.answer(await this.#confirm(dialog, job.asked.confirmation));
    } catch (caught) {
      // What a fault of ours says may hold a secret: it is told by a fixed text.
      if (!(caught instanceof DialogClosed)) await showFault(dialog);
    } finally {
      if ('asked' in job) job.asked.answer('declined');
      this.#dialog = null;
      this.#current = null;
    }
  }

  #confirm(dialog: Dialog, confirmation: Confirmation): Promise<ConfirmAnswer> {
    const { session } = this.#parts;
    return confirm(dialog, session, confirmation, () => this.#parts.nowMs());
  }

  async #runTask(dialog: Dialog, task: SignerTask): Promise<void> {
    const { session } = this.#parts;
    switch (task.kind) {
      case 'create':
        return createKey(dialog, this.#parts, task.networkKind);
      case 'import':
        return importKeys(dialog, this.#parts, task.networkKind);
      case 'import-practice-key':
        return importPracticeKey(dialog, this.#parts);
      case 'unlock':
        return ensureUnlocked(dialog, session, 'Locked keys watch, but do not sign.');
      case 'export':
        return exportKey(dialog, this.#parts, task.publicKey);
      case 'remove':
        return removeKey(dialog, this.#parts, task.publicKey);
      case 'change-passphrase':
        await this.#needPassphrase(dialog);
        return changePassphrase(dialog, session);
      case 'second-wrap':
        await this.#needPassphrase(dialog);
        return switchSecondWrap(dialog, session, task.enable);
      default:
        return assertNever(task, 'task');
    }
  }

  /** Asks for the first one where none was chosen. */
  async #needPassphrase(dialog: Dialog): Promise<void> {
    const { session } = this.#parts;
    const reopened = session.reopen();
    if (!reopened.ok) await showProblem(dialog, 'The keys cannot be used', reopened.error);
    if (session.state.status === 'empty') {
      await ensureUnlocked(dialog, session, 'A passphrase is chosen first.');
    }
  }
}

async function showFault(dialog: Dialog): Promise<void> {
  const text = 'Nothing more was done. Close this window and try again.';
  await showDone(dialog, 'The signer failed at this step', text).catch(() => undefined);
}
