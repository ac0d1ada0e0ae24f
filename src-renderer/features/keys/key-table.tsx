import { Ellipsis, FlaskConical, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import type { KeyInfo } from '#domain/signer-state.ts';
import { openSignerWindow } from '#renderer/stores/commands.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { useVaultViews } from '#renderer/stores/selectors.ts';
import { TimeOf } from '#renderer/ui/age.tsx';
import { IconButton } from '#renderer/ui/button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { Menu, MenuItem } from '#renderer/ui/menu.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { canSign } from './key-words.ts';

export interface KeyTableProps {
  readonly title: string;
  readonly keys: readonly KeyInfo[];
  /** What stands there without any. */
  readonly empty: string;
  readonly aside?: ReactNode;
}

export function KeyTable({ title, keys, empty, aside }: KeyTableProps) {
  return (
    <Panel title={title} {...(aside === undefined ? {} : { aside })}>
      {keys.length === 0 ? (
        <p className="panel-empty">{empty}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={title}>
          <table className="data-table keys-table">
            <thead>
              <tr>
                <th>Name</th>
                <th>Public key</th>
                <th>For</th>
                <th>Derivation path</th>
                <th>Owns</th>
                <th>Added</th>
                <th>
                  <span className="visually-hidden">Acts</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.map((info) => (
                <KeyRow key={`${info.publicKey}/${info.networkKind}`} info={info} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function KeyRow({ info }: { readonly info: KeyInfo }) {
  return (
    <tr data-testid={TEST_IDS.keyRow} data-key={info.publicKey}>
      <td>
        <strong>{info.name}</strong>
      </td>
      <td>
        <CopyAddress address={info.publicKey} />
      </td>
      <td>
        <KindChip info={info} />
      </td>
      <td className={info.derivationPath === null ? 'faint' : 'mono nowrap'}>
        {info.derivationPath ?? (canSign(info) ? 'no seed phrase' : 'public key only')}
      </td>
      <td className="muted">
        <OwnedVaults publicKey={info.publicKey} />
      </td>
      <td className="faint nowrap">
        <TimeOf atMs={info.createdAtMs} />
      </td>
      <td className="num">
        <KeyMenu info={info} />
      </td>
    </tr>
  );
}

function KindChip({ info: { networkKind } }: { readonly info: KeyInfo }) {
  return networkKind === 'practice' ? (
    <Chip
      tone="practice"
      icon={<FlaskConical size={12} aria-hidden />}
      title="Play money: signs for the practice network only"
    >
      Practice
    </Chip>
  ) : (
    <Chip
      tone="live"
      icon={<Radio size={12} aria-hidden />}
      title="Real money: never used on the practice network"
    >
      Live
    </Chip>
  );
}

/** Names of the vaults whose owner or delegate it is. */
function OwnedVaults({ publicKey }: { readonly publicKey: string }) {
  const words = useVaultViews().flatMap(({ vault, state }) => {
    if (vault.vaultType !== 'onChain') return [];
    if (vault.authority === publicKey) return [vault.name];
    const delegate = state.observation?.snapshot.delegate ?? null;
    return delegate === publicKey ? [`${vault.name} (as delegate)`] : [];
  });
  if (words.length === 0) return <span className="faint">no vault here</span>;
  const rest = words.length - 3;
  return rest > 0 ? `${words.slice(0, 3).join(', ')} and ${rest} more` : words.join(', ');
}

function KeyMenu({ info }: { readonly info: KeyInfo }) {
  const { publicKey, name } = info;
  const signs = canSign(info);
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${name}`} data-testid={TEST_IDS.keyMenu}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        label="Rename…"
        testId={TEST_IDS.keyRename}
        onSelect={() => openDialog({ kind: 'rename-key', publicKey })}
      />
      {signs && (
        <MenuItem
          label="Export… (asks for the passphrase)"
          testId={TEST_IDS.keyExport}
          onSelect={() => void openSignerWindow({ kind: 'export', publicKey })}
        />
      )}
      <MenuItem
        label={signs ? 'Remove… (asks for the passphrase)' : 'Stop watching…'}
        testId={TEST_IDS.keyRemove}
        onSelect={() =>
          signs
            ? void openSignerWindow({ kind: 'remove', publicKey })
            : openDialog({ kind: 'remove-watch-key', publicKey })
        }
      />
    </Menu>
  );
}
