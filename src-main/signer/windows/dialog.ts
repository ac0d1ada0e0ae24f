/**
 * One conversation with the signer's window: shows a screen, waits for an act that fits it. The steps of a task are
 * plain code that asks in turn; a window that goes ends them with a DialogClosed.
 */
import type { KeelError } from '#domain/keel-error.ts';
import type { SignerAct, SignerScreen, SignerView } from '#domain/signer-window.ts';
import { wipe } from '../wipe.ts';

/** Thrown into the task: the trader closed the window, or the keys were locked. */
export class DialogClosed extends Error {}

type ActKind = SignerAct['kind'];
export type ActOf<Kind extends ActKind> = Extract<SignerAct, { readonly kind: Kind }>;

interface Awaited {
  readonly kinds: readonly ActKind[];
  resolve(act: SignerAct): void;
  reject(closed: DialogClosed): void;
}

export class Dialog {
  readonly #show: (view: SignerView) => void;
  #awaited: Awaited | null = null;
  #closed = false;

  constructor(show: (view: SignerView) => void) {
    this.#show = show;
  }

  /** Resolves with the first act of these kinds; throws DialogClosed. The caller overwrites secrets in the act. */
  ask<Kind extends ActKind>(
    screen: SignerScreen,
    kinds: readonly Kind[],
    error: KeelError | null = null,
  ): Promise<ActOf<Kind>> {
    if (this.#closed) return Promise.reject(new DialogClosed());
    this.#show({ screen, error });
    return new Promise<ActOf<Kind>>((resolve, reject) => {
      this.#awaited = { kinds, resolve: (act) => resolve(act as ActOf<Kind>), reject };
    });
  }

  /** A screen that asks nothing. */
  working(text: string): void {
    if (!this.#closed) this.#show({ screen: { kind: 'working', text }, error: null });
  }

  /** Throws DialogClosed where the window is gone: before an act that must not happen behind the trader's back. */
  checkOpen(): void {
    if (this.#closed) throw new DialogClosed();
  }

  /** An act that nobody asked for is dropped, its secrets overwritten. */
  take(act: SignerAct): void {
    const awaited = this.#awaited;
    if (awaited !== null && awaited.kinds.includes(act.kind)) {
      this.#awaited = null;
      awaited.resolve(act);
    } else if (act.kind === 'close' || act.kind === 'decline') {
      this.close();
    } else {
      wipeAct(act);
    }
  }

  close(): void {
    this.#closed = true;
    const awaited = this.#awaited;
    this.#awaited = null;
    awaited?.reject(new DialogClosed());
  }
}

/** Overwrites every secret in an act. */
export function wipeAct(act: object): void {
  for (const value of Object.values(act)) if (value instanceof Uint8Array) wipe(value);
}
