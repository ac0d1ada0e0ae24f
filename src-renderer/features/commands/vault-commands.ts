/** What can be done with one vault. */
import {
  Archive,
  ArchiveRestore,
  ArrowDownToLine,
  ArrowLeftRight,
  ArrowUpFromLine,
  BadgeCheck,
  Hand,
  Link,
  PencilLine,
  Play,
  RefreshCw,
  Vault,
} from 'lucide-react';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { VERBS } from '#renderer/features/capital/capital-words.ts';
import { closedBecause } from '#renderer/features/trading/gate-words.ts';
import { openDialog, openVault, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { inOrder, reasonsAgainstMove } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { activateVault, haltVault, setArchived, syncNow } from '#renderer/stores/vault-acts.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { copyVaultLink } from './copy-link.ts';
import type { Command } from './command.ts';

const MOVES = [
  { kind: 'deposit', keys: 'd', into: 'into', icon: ArrowDownToLine },
  { kind: 'withdraw', keys: 'w', into: 'from', icon: ArrowUpFromLine },
  { kind: 'transfer', keys: 't', into: 'from', icon: ArrowLeftRight },
] as const;

/** Opens the form, or says why money cannot move that way now. */
export function moveOrSayWhyNot(move: MoveKind, view: VaultView): void {
  const why = closedBecause(reasonsAgainstMove(move, view));
  if (why === null) openDialog({ kind: move, vaultId: view.vault.id });
  else showToast('info', `${VERBS[move]} is not possible now`, why);
}

/** The vault whose page is in front, where there is one. */
function inFront(): VaultView | null {
  const { route } = useNavigationStore.getState();
  if (route.kind !== 'vault') return null;
  return useVaultStore.getState().views.get(route.id) ?? null;
}

const inUseInFront = (): VaultView | null => {
  const view = inFront();
  return view?.vault.archivedAtMs === null ? view : null;
};

/** The keys of a vault's page. */
export const FRONT_VAULT_COMMANDS: readonly Command[] = [
  ...MOVES.map(({ kind, keys, icon }): Command => ({
    id: `front.${kind}`,
    title: kind === 'transfer' ? 'Transfer to another vault…' : `${VERBS[kind]}…`,
    group: 'Vault in front',
    icon,
    keys: [keys],
    available: () => inUseInFront() !== null,
    run: () => {
      const view = inUseInFront();
      if (view !== null) moveOrSayWhyNot(kind, view);
    },
  })),
  {
    id: 'front.sync',
    title: 'Sync now',
    group: 'Vault in front',
    icon: RefreshCw,
    keys: ['s'],
    available: () => inUseInFront() !== null,
    run: async () => {
      const view = inUseInFront();
      if (view !== null) await syncNow(view.vault);
    },
  },
];

/** Every command of every vault, in the trader's order; only for a palette that is being searched. */
export function vaultCommands(): readonly Command[] {
  return inOrder(useVaultStore.getState().views).flatMap(commandsOf);
}

/** The way to each vault's page. */
export function vaultPages(): readonly Command[] {
  return inOrder(useVaultStore.getState().views).map(pageOf);
}

const pageOf = ({ vault }: VaultView): Command => ({
  id: `vault.${vault.id}.open`,
  title: vault.name,
  group: 'Vaults',
  icon: Vault,
  keywords: `open vault ${vault.engine}`,
  run: () => openVault(vault.id),
});

function commandsOf(view: VaultView): readonly Command[] {
  const { vault, state } = view;
  const inUse = vault.archivedAtMs === null;
  const one = (act: string, title: string, icon: Command['icon'], run: () => unknown): Command => ({
    id: `vault.${vault.id}.${act}`,
    title,
    group: 'Vaults',
    icon,
    keywords: vault.engine,
    run,
  });
  const always = [
    pageOf(view),
    one('rename', `Rename ${vault.name}…`, PencilLine, () =>
      openDialog({ kind: 'rename', vaultId: vault.id }),
    ),
    one('link', `Copy the link to ${vault.name}`, Link, () => copyVaultLink(vault)),
  ];
  if (!inUse) {
    const restore = () => setArchived(vault, false);
    return [...always, one('restore', `Take ${vault.name} back into use`, ArchiveRestore, restore)];
  }
  return [
    ...always,
    ...MOVES.map(({ kind, into, icon }) =>
      one(kind, `${VERBS[kind]} ${into} ${vault.name}…`, icon, () => moveOrSayWhyNot(kind, view)),
    ),
    one('sync', `Sync ${vault.name}`, RefreshCw, () => syncNow(vault)),
    state.halt === null
      ? one('halt', `Halt trading on ${vault.name}`, Hand, () => haltVault(vault))
      : one('enable', `Enable trading on ${vault.name}…`, Play, () =>
          openDialog({ kind: 'enable-trading', vaultId: vault.id }),
        ),
    ...(vault.active
      ? []
      : [
          one('activate', `Make ${vault.name} active for ${vault.engine}`, BadgeCheck, () =>
            activateVault(vault),
          ),
        ]),
    one('archive', `Archive ${vault.name}…`, Archive, () =>
      openDialog({ kind: 'archive', vaultId: vault.id }),
    ),
  ];
}
