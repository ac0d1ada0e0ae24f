/** The page of the signer's window for tests: shows nothing, answers what it is told to. */
import { address, operationId } from '#domain/ids.ts';
import type { Confirmation, SignerAct, SignerScreen, SignerView } from '#domain/signer-window.ts';
import { readSecretFile } from '#main/signer/process/secret-file.ts';
import { WindowHost, type WindowPort } from '#main/signer/windows/window-host.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import { sessionBench, type SessionBench } from './signer-session.ts';

export class TestWindow implements WindowPort {
  readonly number: number;
  readonly views: SignerView[] = [];
  closed = false;
  readonly #host: WindowHost;
  readonly #looked: () => void;

  constructor(number: number, host: WindowHost, looked: () => void) {
    this.number = number;
    this.#host = host;
    this.#looked = looked;
  }

  show(view: SignerView): void {
    this.views.push(view);
  }

  close(): void {
    this.closed = true;
  }

  act(act: SignerAct): void {
    this.#host.take(this, act);
  }

  /** The trader closes it. */
  vanish(): void {
    this.#host.detach(this);
  }

  get view(): SignerView {
    const view = this.views.at(-1);
    if (view === undefined) throw new Error('The window shows nothing');
    return view;
  }

  /** Waits, without time, until this screen is asked, and reads it; an act before it has been taken by then. */
  async on<Kind extends SignerScreen['kind']>(
    kind: Kind,
  ): Promise<Extract<SignerScreen, { kind: Kind }>> {
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { screen } = this.view;
    if (screen.kind !== kind) throw new Error(`Shows ${screen.kind}, not ${kind}`);
    this.#looked();
    return screen as Extract<SignerScreen, { kind: Kind }>;
  }
}

export interface WindowBench extends SessionBench {
  readonly host: WindowHost;
  /** What main was told: `wanted`, `done`, `pick export keel-….json`. */
  readonly told: string[];
  /** What the next question for a file is answered with. */
  pick: string | null;
  practiceKeyFile: string | null;
  liveLockedBecause: string | null;
  open(task: SignerTask | null): TestWindow;
}

export function windowBench(): WindowBench {
  const bench = sessionBench();
  const told: string[] = [];
  let readMs = 0;
  let opened = 0;
  const whole: WindowBench = {
    ...bench,
    told,
    pick: null,
    practiceKeyFile: null,
    liveLockedBecause: null,
    host: new WindowHost({
      session: bench.session,
      readSecretFile,
      randomBelow: (bound) => (told.push('random'), (told.length * 7) % bound),
      liveLockedBecause: () => whole.liveLockedBecause,
      practiceKeyFile: () => whole.practiceKeyFile,
      pickFile: (purpose, suggestedName) => {
        told.push(`pick ${purpose} ${suggestedName}`);
        return Promise.resolve(whole.pick);
      },
      onWanted: () => told.push('wanted'),
      onDone: () => told.push('done'),
      nowMs: () => readMs,
    }),
    open(task) {
      opened += 1;
      const window = new TestWindow(opened, whole.host, () => (readMs += 1_000));
      whole.host.attach(window, task);
      return window;
    },
  };
  return whole;
}

export function confirmationOf(number: number, demand: Confirmation['demand']): Confirmation {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    operationId: operationId(id),
    title: 'Withdraw 1,500 USDC',
    lines: [{ label: 'From', value: address('a'), kind: 'key' }],
    warnings: [],
    simulation: [],
    demand,
  };
}
