import './keys.css';
import { Download, Eye, FlaskConical, Plus } from 'lucide-react';
import { useState } from 'react';
import { openSignerWindow } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { KeyTable } from './key-table.tsx';
import { canSign } from './key-words.ts';
import { Onboarding } from './onboarding.tsx';
import { SecurityPanel } from './security-panel.tsx';
import { SignerPanel } from './signer-panel.tsx';

/** The keys that Keel may sign with, and those that it only knows. */
export function KeysScreen() {
  const signer = useDeskStore((state) => state.signer);
  const hasKeys = signer.keys.some(canSign);
  // A signer that cannot be used tells no keys: that is not the same as none.
  const known = signer.status !== 'unavailable';
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.keys}>
      <ScreenHeader title="Keys" actions={<AddKeys />}>
        <p className="screen-lead keys-lead">
          Passphrases, seed phrases and secret keys are typed only in the signer’s own window: it
          runs apart, without a network, and this window never sees them.
        </p>
      </ScreenHeader>
      {!hasKeys && known && <Onboarding />}
      <div className="keys-grid">
        <div className="keys-main">
          <KeyTable
            title="Keys that can sign"
            keys={signer.keys.filter(canSign)}
            empty={known ? 'None yet. Without one Keel watches and cannot sign.' : NOT_KNOWN}
          />
          <KeyTable
            title="Watch-only"
            keys={signer.keys.filter((key) => !canSign(key))}
            empty={known ? NONE_WATCHED : NOT_KNOWN}
            aside={
              <Button
                tone="quiet"
                icon={<Eye size={14} aria-hidden />}
                data-testid={TEST_IDS.keyWatch}
                onClick={() => openDialog({ kind: 'watch-key' })}
              >
                Watch a public key…
              </Button>
            }
          />
        </div>
        <div className="keys-side">
          <SignerPanel signer={signer} />
          {signer.status !== 'empty' && signer.status !== 'unavailable' && (
            <SecurityPanel signer={signer} />
          )}
        </div>
      </div>
    </main>
  );
}

const NOT_KNOWN = 'Not known while the signer cannot be used.';
const NONE_WATCHED =
  'None. A watch-only key tells Keel whose vaults you look after, without its secret.';

const KINDS = [
  { value: 'practice', label: 'Practice' },
  { value: 'live', label: 'Live' },
] as const;

/** Play money first; a live key only where a live network may be used at all. */
function AddKeys() {
  const networks = useDeskStore((state) => state.networks);
  const unavailable = useDeskStore((state) => state.signer.status === 'unavailable');
  const hasPractice = networks.some(({ kind }) => kind === 'practice');
  const isFirst = useDeskStore((state) => state.signer.keys.length === 0) && hasPractice;
  const hasLive = networks.some((each) => each.kind === 'live' && each.lockedBecause === null);
  const [networkKind, setNetworkKind] = useState<'practice' | 'live'>('practice');
  return (
    <div className="keys-acts">
      {hasLive && (
        <Segmented
          label="New keys are for"
          value={networkKind}
          options={KINDS}
          onChange={setNetworkKind}
        />
      )}
      {hasPractice && (
        <Button
          tone={isFirst ? 'primary' : 'plain'}
          icon={<FlaskConical size={14} aria-hidden />}
          aria-disabled={unavailable}
          data-testid={TEST_IDS.keyImportPractice}
          onClick={() => void openSignerWindow({ kind: 'import-practice-key' })}
        >
          Use the practice trader’s key
        </Button>
      )}
      <Button
        icon={<Download size={14} aria-hidden />}
        aria-disabled={unavailable}
        title={`Import a ${networkKind} key`}
        data-testid={TEST_IDS.keyImport}
        onClick={() => void openSignerWindow({ kind: 'import', networkKind })}
      >
        Import…
      </Button>
      <Button
        tone={isFirst ? 'plain' : 'primary'}
        icon={<Plus size={14} aria-hidden />}
        aria-disabled={unavailable}
        title={`Create a ${networkKind} key`}
        data-testid={TEST_IDS.keyCreate}
        onClick={() => void openSignerWindow({ kind: 'create', networkKind })}
      >
        Create…
      </Button>
    </div>
  );
}
