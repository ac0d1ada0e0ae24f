import type { EngineVault } from '#domain/engine-vault.ts';
import { showToast } from '#renderer/stores/toast-store.ts';

/** What another program opens to show a vault's page: `keel://vault/…`. */
export const vaultLink = ({ id }: Pick<EngineVault, 'id'>): string => `keel://vault/${id}`;

export const copyVaultLink = (vault: EngineVault): Promise<void> =>
  copyText(vaultLink(vault), `Link to ${vault.name} copied`);

/** Puts text on the clipboard and says so. */
export async function copyText(text: string, told: string): Promise<void> {
  await navigator.clipboard.writeText(text).then(
    () => showToast('good', told),
    () => showToast('bad', 'It could not be copied', 'The system’s clipboard refused it.'),
  );
}
