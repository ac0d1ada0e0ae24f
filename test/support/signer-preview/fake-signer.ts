/** A signer of the window's own: shows the views it is told, keeps the acts it is sent. */
import type { SignerAct, SignerView } from '#domain/signer-window.ts';
import type { KeelSignerApi } from '#renderer/signer-window/signer-api.ts';

export interface FakeSigner {
  readonly api: KeelSignerApi;
  /** Copies, as a port makes them. */
  readonly acts: SignerAct[];
  /** The very objects that the window handed over. */
  readonly handedOver: SignerAct[];
  show(view: SignerView): void;
  showRaw(view: unknown): void;
}

export function createFakeSigner(first: SignerView | null = null): FakeSigner {
  const listeners = new Set<(view: unknown) => void>();
  let last: unknown = first;
  const acts: SignerAct[] = [];
  const handedOver: SignerAct[] = [];
  const showRaw = (view: unknown) => {
    last = structuredClone(view);
    for (const listener of listeners) listener(last);
  };
  return {
    api: {
      send: (act) => {
        handedOver.push(act);
        acts.push(structuredClone(act));
      },
      onView: (listener) => {
        listeners.add(listener);
        if (last !== null) listener(last);
        return () => listeners.delete(listener);
      },
    },
    acts,
    handedOver,
    show: showRaw,
    showRaw,
  };
}
