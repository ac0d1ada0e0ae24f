/**
 * The bridge: the only thing that the window gets from outside its sandbox. It knows the channel names of
 * the contract and nothing else; schemas are checked on both sides of it.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { CHANNELS, DESK_EVENT } from '#ipc/contract.ts';

const channels: ReadonlySet<string> = new Set(Object.keys(CHANNELS));

contextBridge.exposeInMainWorld('keel', {
  invoke(channel: unknown, request: unknown): Promise<unknown> {
    if (typeof channel !== 'string' || !channels.has(channel)) {
      return Promise.reject(new Error(`Keel has no channel ${String(channel)}.`));
    }
    return ipcRenderer.invoke(channel, request);
  },
  onEvents(listener: (batch: unknown) => void): () => void {
    const forward = (_: IpcRendererEvent, batch: unknown) => listener(batch);
    ipcRenderer.on(DESK_EVENT, forward);
    return () => ipcRenderer.off(DESK_EVENT, forward);
  },
});
