/** Every command of the desk: the palette, the keyboard map and the key handler all read it here. */
import { isAvailable, type Command } from './command.ts';
import { DESK_COMMANDS } from './desk-commands.ts';
import { SET_COMMANDS, settingCommands } from './set-commands.ts';
import { FRONT_VAULT_COMMANDS, vaultCommands, vaultPages } from './vault-commands.ts';

/** Those that do not depend on what vaults there are; every key is one of theirs. */
export const STANDING_COMMANDS: readonly Command[] = [
  ...DESK_COMMANDS,
  ...FRONT_VAULT_COMMANDS,
  ...SET_COMMANDS,
];

/**
 * What can be done now.
 * @param everything also each act of each vault and each setting; otherwise only the ways to the vaults' pages
 */
export function commandsNow(everything: boolean): readonly Command[] {
  const more = everything ? [...vaultCommands(), ...settingCommands()] : vaultPages();
  return [...STANDING_COMMANDS.filter(isAvailable), ...more];
}
