import { isStopped } from '#renderer/ui/gate-standing.ts';
import { InboxBadge } from '#renderer/features/inbox/inbox-badge.tsx';
import { useDeskSummary } from '#renderer/features/verdict/desk-summary.ts';
import type { Route } from '#renderer/stores/navigation-store.ts';
import { needsTrader, useOpenOperations } from '#renderer/stores/operation-store.ts';

/** How much of a screen wants to be looked at; nothing where nothing does. */
export function RailBadge({ of }: { readonly of: Route['kind'] }) {
  switch (of) {
    case 'inbox':
      return <InboxBadge />;
    case 'operations':
      return <OpenOperations />;
    case 'vaults':
      return <VaultsInNeed />;
    default:
      return null;
  }
}

function OpenOperations() {
  const open = useOpenOperations();
  const waits = open.some(needsTrader);
  return (
    <Count
      count={open.length}
      tone={waits ? 'warn' : 'quiet'}
      says={waits ? 'open, waiting for you' : 'open'}
    />
  );
}

function VaultsInNeed() {
  const { vaults } = useDeskSummary();
  const count = vaults.filter(({ health, gate }) => health !== 'fresh' || isStopped(gate)).length;
  return <Count count={count} tone="warn" says="need attention" />;
}

interface CountProps {
  readonly count: number;
  readonly tone: 'warn' | 'quiet';
  /** After the number, for a screen reader. */
  readonly says: string;
}

function Count({ count, tone, says }: CountProps) {
  if (count === 0) return null;
  return (
    <span className={`rail-badge rail-badge-${tone}`}>
      {count > 99 ? '99+' : count}
      <span className="visually-hidden"> {says}</span>
    </span>
  );
}
