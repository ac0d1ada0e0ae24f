/**
 * The one door between the window and the main side: every channel of the contract is registered here, and
 * nothing else may listen to `ipcMain`.
 */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { CHANNELS } from '#ipc/contract.ts';
import { isChannelName } from './answer-request.ts';
import { answerFromWindow, type WindowDoor } from './answer-window.ts';
import type { Sender } from './sender-check.ts';

/** Registers all channels; the returned function takes them back. */
export function registerChannels(door: WindowDoor): () => void {
  const names = Object.keys(CHANNELS).filter(isChannelName);
  for (const name of names) {
    ipcMain.handle(name, (event, request: unknown) =>
      answerFromWindow(door, name, senderOf(event), request),
    );
  }
  return () => names.forEach((name) => ipcMain.removeHandler(name));
}

function senderOf(event: IpcMainInvokeEvent): Sender {
  const frame = event.senderFrame;
  return {
    webContentsId: event.sender.id,
    frameUrl: frame?.url ?? null,
    isMainFrame: frame !== null && frame === event.sender.mainFrame,
  };
}
