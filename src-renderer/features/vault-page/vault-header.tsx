import { ArrowLeft, Ellipsis, RefreshCw } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { VaultId } from '#domain/ids.ts';
import { moneyOf } from '#domain/vault-totals.ts';
import type { SyncHealth, VaultView } from '#domain/vault-state.ts';
import { VERBS } from '#renderer/features/capital/capital-words.ts';
import { OperationChip } from '#renderer/features/operations/operation-chip.tsx';
import { closedBecause } from '#renderer/features/trading/gate-words.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog, openVaults } from '#renderer/stores/navigation-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyAddress, CopyButton } from '#renderer/ui/copy-text.tsx';
import { SyncBadge } from '#renderer/ui/sync-badge.tsx';
import { Hinted } from '#renderer/ui/hinted.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { useReasonsAgainstMove, useVaultViews } from '#renderer/stores/selectors.ts';
import { activateVault, moveVault } from '#renderer/stores/vault-acts.ts';
import { orderAfterMove } from '#renderer/stores/vault-order.ts';
import { ActiveBadge, MONEY_WORDS, PlayMoney, TypeChip } from '#renderer/ui/vault-chips.tsx';

export interface VaultHeaderProps {
  readonly view: VaultView;
  readonly health: SyncHealth;
}

export function VaultHeader({ view, health }: VaultHeaderProps) {
  const { vault } = view;
  const networks = useDeskStore((state) => state.networks);
  const money = moneyOf(vault, networks);
  const label = networks.find(({ id }) => id === vault.network)?.label ?? vault.network;
  return (
    <div className="vault-header">
      <IconButton label="All vaults (Esc)" data-testid={TEST_IDS.back} onClick={openVaults}>
        <ArrowLeft size={17} aria-hidden />
      </IconButton>
      <div className="vault-title">
        <div className="vault-title-line">
          <h1 data-testid={TEST_IDS.vaultName} title={vault.name}>
            {vault.name}
          </h1>
          {vault.active && <ActiveBadge engine={vault.engine} />}
          {vault.archivedAtMs !== null && <Chip>Archived</Chip>}
          <PlayMoney money={money} />
          <OperationChip vaultId={vault.id} />
        </div>
        <div className="vault-subtitle">
          <TypeChip vault={vault} money={money} />
          {label !== MONEY_WORDS[money] && <span>{label}</span>}
          <span>engine {vault.engine}</span>
          {vault.vaultType === 'onChain' && (
            <>
              <span>sub-account {vault.subAccountId}</span>
              <CopyAddress address={vault.authority} />
            </>
          )}
        </div>
      </div>
      <SyncBadge view={view} health={health} />
      <MoveButtons view={view} />
      <SyncNow view={view} />
      <CopyLink id={vault.id} />
      <VaultMenu view={view} />
    </div>
  );
}

function CopyLink({ id }: { readonly id: VaultId }) {
  return (
    <CopyButton
      text={`keel://vault/${id}`}
      says="a link to this vault"
      title="Copy a link to this vault"
      className="vault-link"
      testId={TEST_IDS.copyVaultLink}
    >
      Link
    </CopyButton>
  );
}

const MOVES: readonly { readonly kind: MoveKind; readonly key: string; readonly testId: string }[] =
  [
    { kind: 'deposit', key: 'D', testId: TEST_IDS.capitalDeposit },
    { kind: 'withdraw', key: 'W', testId: TEST_IDS.capitalWithdraw },
    { kind: 'transfer', key: 'T', testId: TEST_IDS.capitalTransfer },
  ];

/** Money in, out and across; the letter is the key that does the same. */
function MoveButtons({ view }: { readonly view: VaultView }) {
  if (view.vault.archivedAtMs !== null) return null;
  return (
    <div className="move-buttons" role="group" aria-label="Move money">
      {MOVES.map((move) => (
        <MoveButton key={move.kind} view={view} move={move} />
      ))}
    </div>
  );
}

interface MoveButtonProps {
  readonly view: VaultView;
  readonly move: (typeof MOVES)[number];
}

/** What the gate forbids is told before it is tried. */
function MoveButton({ view, move: { kind, key, testId } }: MoveButtonProps) {
  const why = closedBecause(useReasonsAgainstMove(kind, view));
  return (
    <Hinted text={why}>
      <Button
        data-testid={testId}
        aria-keyshortcuts={key}
        aria-haspopup="dialog"
        aria-disabled={why !== null}
        title={why === null ? `${VERBS[kind]} (${key})` : undefined}
        onClick={() => openDialog({ kind, vaultId: view.vault.id })}
      >
        {VERBS[kind]}
        <kbd className="key-hint" aria-hidden>
          {key}
        </kbd>
      </Button>
    </Hinted>
  );
}

function SyncNow({ view }: { readonly view: VaultView }) {
  const [asked, setAsked] = useState(false);
  const { vault, phase } = view;
  const running = phase.kind === 'reading' && phase.cause === 'request';
  const sync = async () => {
    setAsked(true);
    await command(`${vault.name} could not be synced`, 'vault.syncNow', { vaultId: vault.id });
    setAsked(false);
  };
  if (vault.archivedAtMs !== null) return null;
  return (
    <Button
      busy={asked || running}
      icon={<RefreshCw size={14} aria-hidden />}
      data-testid={TEST_IDS.syncNow}
      onClick={() => void sync()}
    >
      {asked || running ? progressText(view) : 'Sync now'}
    </Button>
  );
}

function progressText({ phase }: VaultView): string {
  switch (phase.kind) {
    case 'reading':
      return phase.attempt > 1 ? `Attempt ${phase.attempt}…` : 'Reading…';
    case 'waiting':
      return `Attempt ${phase.failedAttempt} failed…`;
    case 'reconnecting':
      return 'Reconnecting…';
    case 'idle':
      return 'Syncing…';
  }
}

type VaultDialogKind = 'rename' | 'archive' | 'reset' | 'seed';

interface MenuEntry {
  readonly kind: VaultDialogKind;
  readonly label: string;
  readonly testId: string;
}

const PAPER_ENTRIES: readonly MenuEntry[] = [
  { kind: 'seed', label: 'Seed from a vault…', testId: TEST_IDS.paperSeed },
  { kind: 'reset', label: 'Reset…', testId: TEST_IDS.paperReset },
];

function VaultMenu({ view }: { readonly view: VaultView }) {
  const { vault } = view;
  const archived = vault.archivedAtMs !== null;
  const open = (kind: VaultDialogKind) => openDialog({ kind, vaultId: vault.id });
  const activate = () => void activateVault(vault);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          label="More for this vault"
          className="is-framed"
          data-testid={TEST_IDS.vaultMenu}
        >
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          {vault.vaultType === 'virtual' && !archived && (
            <>
              {PAPER_ENTRIES.map(({ kind, label, testId }) => (
                <MenuItem key={kind} label={label} testId={testId} onSelect={() => open(kind)} />
              ))}
              <DropdownMenu.Separator className="menu-line" />
            </>
          )}
          {!vault.active && !archived && (
            <MenuItem
              label={`Make active for ${vault.engine}`}
              testId={TEST_IDS.activateVault}
              onSelect={activate}
            />
          )}
          <MoveItems view={view} />
          <MenuItem
            label="Export history…"
            testId={TEST_IDS.exportVault}
            onSelect={() =>
              openDialog({ kind: 'export', subject: 'history', vaultIds: [vault.id] })
            }
          />
          <MenuItem label="Rename…" testId={TEST_IDS.renameVault} onSelect={() => open('rename')} />
          <MenuItem
            label={archived ? 'Take back into use…' : 'Archive…'}
            testId={TEST_IDS.archiveVault}
            onSelect={() => open('archive')}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The vault's place among those of its engine; an end of the list offers no move beyond it. */
function MoveItems({ view }: { readonly view: VaultView }) {
  const ordered = useVaultViews();
  const moves = [
    { direction: 'up', label: 'Move up', testId: TEST_IDS.moveVaultUp },
    { direction: 'down', label: 'Move down', testId: TEST_IDS.moveVaultDown },
  ] as const;
  return moves.map(({ direction, label, testId }) => {
    if (orderAfterMove(ordered, view.vault.id, direction) === null) return null;
    const move = () => void moveVault(view.vault, direction);
    return <MenuItem key={direction} label={label} testId={testId} onSelect={move} />;
  });
}

interface MenuItemProps {
  readonly label: string;
  readonly testId: string;
  readonly onSelect: () => void;
}

function MenuItem({ label, testId, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" data-testid={testId} onSelect={onSelect}>
      {label}
    </DropdownMenu.Item>
  );
}
