import { LockKeyhole } from 'lucide-react';
import type { NetworkView } from '#ipc/contract.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { FailedState, LoadingState } from '#renderer/ui/states.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { EndpointList } from './endpoint-list.tsx';
import { EndpointRow } from './endpoint-row.tsx';
import { draftsOf } from './endpoint-drafts.ts';
import { settingRowId } from './setting-ids.ts';
import { useEndpoints } from './use-endpoints.ts';

/** The networks with their endpoints, live ones first: those are the trader's own to arrange. */
export function NetworksSection() {
  const networks = useDeskStore((state) => state.networks);
  const ordered = networks.toSorted(
    (left, right) => Number(left.kind === 'practice') - Number(right.kind === 'practice'),
  );
  return (
    <div id={settingRowId('networks')} className="settings-networks">
      {ordered.map((network) => (
        <NetworkEndpoints key={network.id} network={network} />
      ))}
    </div>
  );
}

function NetworkEndpoints({ network }: { readonly network: NetworkView }) {
  const { id, label, kind, lockedBecause } = network;
  const { views, error, load, saved } = useEndpoints(id);
  return (
    <section
      className="setting-group"
      aria-label={label}
      data-testid={TEST_IDS.endpoints}
      data-network={id}
    >
      <h3 className="network-title">
        {label}
        <Chip tone={kind}>{kind === 'practice' ? 'Play money' : 'Real money'}</Chip>
        {lockedBecause !== null && <Chip icon={<LockKeyhole size={11} aria-hidden />}>Locked</Chip>}
      </h3>
      {lockedBecause !== null && (
        <p className="callout" data-testid={TEST_IDS.networkLocked}>
          <LockKeyhole size={14} aria-hidden />
          <span>
            {label} is locked: {lockedBecause} Its endpoints can be arranged and tested all the
            same: a test reads public data and needs no key.
          </span>
        </p>
      )}
      {error !== null && (
        <FailedState title="The endpoints could not be read" error={error} onRetry={load} />
      )}
      {views === null && error === null && <LoadingState text="Reading the endpoints" />}
      {views !== null && kind === 'live' && (
        <EndpointList network={network} saved={views} onSaved={saved} />
      )}
      {views !== null && kind === 'practice' && (
        <>
          <p className="setting-note">
            Keel’s own, on this computer: they can be tried, not changed.
          </p>
          <ul className="endpoint-list">
            {draftsOf(views).map((draft) => (
              <EndpointRow key={draft.key} network={network} draft={draft} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
