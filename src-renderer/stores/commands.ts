import type { AlertId } from '#domain/alert.ts';
import type { DeskSettings } from '#domain/desk-settings.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#ipc/contract.ts';
import { bridge } from '#renderer/bridge/window-bridge.ts';
import { inAlertOrder, loadAlerts, useAlertStore } from './alert-store.ts';
import { loadDesk } from './desk-feed.ts';
import { useDeskStore } from './desk-store.ts';
import { showError } from './toast-store.ts';
import { offerUndo } from './undo-store.ts';

/** Asks and leaves the error to the caller, which shows it at the field. */
export const request = bridge.invoke;

/** Asks, and shows an error as a toast. The answer is null after an error. */
export async function command<Name extends ChannelName>(
  failedTitle: string,
  name: Name,
  input: RequestOf<Name>,
): Promise<ResponseOf<Name> | null> {
  const answer: Result<ResponseOf<Name>, KeelError> = await bridge.invoke(name, input);
  if (answer.ok) return answer.value;
  showError(failedTitle, answer.error);
  return null;
}

export const reloadDesk = (): Promise<void> => loadDesk(bridge);

/** Opens the signer's own window, where secrets are typed; the desk never sees them. */
export async function openSignerWindow(task: SignerTask): Promise<void> {
  await command('The signer’s window could not be opened', 'signer.openWindow', { task });
}

export const unlockSigner = (): Promise<void> => openSignerWindow({ kind: 'unlock' });

export async function lockSigner(): Promise<void> {
  await command('The signer could not be locked', 'signer.lock', {});
}

/** Reads the newest alerts again, after a failure. */
export const loadInbox = (): Promise<void> => loadAlerts(bridge);

/** The page before the oldest alert held here. */
export async function loadOlderAlerts(): Promise<void> {
  const oldest = inAlertOrder(useAlertStore.getState().alerts).at(-1);
  await loadAlerts(bridge, oldest?.id ?? null);
}

/** The event that follows shows it. */
export async function acknowledgeAlert(alertId: AlertId): Promise<void> {
  await command('The alert could not be acknowledged', 'alert.acknowledge', { alertId });
}

export async function acknowledgeAllAlerts(): Promise<void> {
  const done = await command('The alerts could not be acknowledged', 'alert.acknowledgeAll', {});
  if (done !== null) await loadAlerts(bridge);
}

let deskUpdates: Promise<unknown> = Promise.resolve();
/** What was changed and is not saved yet: settings that arrive meanwhile still tell the old. */
let unsaved: readonly Partial<DeskSettings>[] = [];

/** How the desk is meant to look, with what is still being saved. */
export const wantedDesk = (): DeskSettings =>
  Object.assign({}, useDeskStore.getState().settings.desk, ...unsaved) as DeskSettings;

/**
 * Changes how the desk looks: shown at once, saved one after the other, put back where saving failed.
 * @param done what was done, where it is worth a way to take it back
 * @returns whether it was saved; the failure has been shown
 */
export function updateDesk(change: Partial<DeskSettings>, done?: string): Promise<boolean> {
  const before = wantedDesk();
  unsaved = [...unsaved, change];
  showDesk(change);
  const update = saveDesk(change, before, deskUpdates);
  deskUpdates = update;
  if (done !== undefined) void offerDeskUndo(update, done, partOf(before, change));
  return update;
}

async function saveDesk(
  change: Partial<DeskSettings>,
  before: DeskSettings,
  earlier: Promise<unknown>,
): Promise<boolean> {
  await earlier;
  const { settings } = useDeskStore.getState();
  const next = { ...settings, desk: { ...settings.desk, ...change } };
  const saved = await command('The desk’s look could not be saved', 'settings.update', next);
  unsaved = unsaved.filter((other) => other !== change);
  if (saved === null) showDesk(partOf(before, change));
  return saved !== null;
}

async function offerDeskUndo(
  saving: Promise<boolean>,
  done: string,
  back: Partial<DeskSettings>,
): Promise<void> {
  if (await saving) offerUndo(done, () => updateDesk(back));
}

const showDesk = (change: Partial<DeskSettings>): void =>
  useDeskStore.setState(({ settings }) => ({
    settings: { ...settings, desk: { ...settings.desk, ...change } },
  }));

/** The fields of `change` as they were. */
const partOf = (before: DeskSettings, change: Partial<DeskSettings>): Partial<DeskSettings> =>
  Object.fromEntries(Object.entries(before).filter(([field]) => field in change));
