import { Bot, Link2, User } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ALL_ACTIVITY, type ActivityEntry } from '#domain/activity.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { useAlertStore } from '#renderer/stores/alert-store.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { openOperation, openScreen, openVault } from '#renderer/stores/navigation-store.ts';
import { useOperationStore } from '#renderer/stores/operation-store.ts';
import { useVaultName } from '#renderer/stores/selectors.ts';
import { Age } from '#renderer/ui/age.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { ListBody, More } from './overview-lists.tsx';

const NEWEST = 5;
const AGAIN_MS = 15_000;
const ACTORS = { trader: User, keel: Bot, chain: Link2 } as const;
const ACTOR_WORDS = { trader: 'You', keel: 'Keel', chain: 'The chain' } as const;

/** What happened last at this desk. */
export function OverviewActivity() {
  const { entries, error } = useNewest();
  const nameOf = useVaultName();
  return (
    <Panel
      title="Recent activity"
      testId={TEST_IDS.overviewActivity}
      aside={<More label="All" onClick={() => openScreen('activity')} />}
    >
      <ListBody
        empty={entries === null ? 'Loading…' : 'Nothing has happened yet.'}
        failure={error === null ? null : `The feed could not be read: ${error.message}`}
      >
        {(entries ?? []).map((entry) => (
          <ActivityLine key={entry.id} entry={entry} nameOf={nameOf} />
        ))}
      </ListBody>
    </Panel>
  );
}

interface ActivityLineProps {
  readonly entry: ActivityEntry;
  readonly nameOf: ReturnType<typeof useVaultName>;
}

function ActivityLine({ entry, nameOf }: ActivityLineProps) {
  const { actor, operationId, vaultId, title, text, atMs } = entry;
  const Icon = ACTORS[actor];
  const open = () => {
    if (operationId !== null) openOperation(operationId);
    else if (vaultId !== null) openVault(vaultId);
    else openScreen('activity');
  };
  return (
    <li className={`overview-item tone-${entry.tone}`}>
      <Icon size={14} aria-label={ACTOR_WORDS[actor]} className="overview-icon" />
      <button type="button" className="overview-what" onClick={open} title={text}>
        {title}
        {vaultId !== null && <span className="faint"> {nameOf(vaultId)}</span>}
      </button>
      <span className="faint overview-when">
        <Age atMs={atMs} />
      </span>
    </li>
  );
}

/** Asked again when an operation or an alert has moved, and every quarter of a minute. */
function useNewest() {
  const [entries, setEntries] = useState<readonly ActivityEntry[] | null>(null);
  const [error, setError] = useState<KeelError | null>(null);
  const operations = useOperationStore((state) => state.operations);
  const alerts = useAlertStore((state) => state.alerts);
  const beat = useClockStore(({ nowMs }) => Math.floor(nowMs / AGAIN_MS));
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () =>
        void request('activity.load', {
          ...{ filter: ALL_ACTIVITY, upTo: null, offset: 0, limit: NEWEST },
        }).then((answer) => {
          if (!current) return;
          setError(answer.ok ? null : answer.error);
          if (answer.ok) setEntries(answer.value.entries);
        }),
      50,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [operations, alerts, beat]);
  return { entries, error };
}
