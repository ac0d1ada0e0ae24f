/**
 * The bridge of the signer's own window: the two ends of one port to the signer, and nothing else. The main
 * process hands the port over once; what goes through it, no other process reads.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { SIGNER_PORT } from '#ipc/signer-port.ts';

let port: MessagePort | null = null;
let listener: ((view: unknown) => void) | null = null;
let unheard: readonly [unknown] | null = null;

ipcRenderer.once(SIGNER_PORT, ({ ports }) => {
  port = ports[0] ?? null;
  if (port === null) return;
  port.onmessage = ({ data }) => {
    // A view is the whole screen: only the newest one counts.
    if (listener === null) unheard = [data];
    else listener(data);
  };
});

contextBridge.exposeInMainWorld('keelSigner', {
  send(act: unknown): void {
    try {
      port?.postMessage(act);
    } finally {
      overwriteBytes(act);
    }
  },
  onView(next: (view: unknown) => void): () => void {
    listener = next;
    const waiting = unheard;
    unheard = null;
    if (waiting !== null) next(waiting[0]);
    return () => {
      if (listener === next) listener = null;
    };
  },
});

/** This side's copies of the secrets: the port has made its own. */
function overwriteBytes(act: unknown): void {
  if (typeof act !== 'object' || act === null) return;
  for (const value of Object.values(act)) {
    if (value instanceof Uint8Array) value.fill(0);
  }
}
