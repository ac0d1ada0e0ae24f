import './sync-badge.css';
import {
  CircleCheck,
  CircleX,
  ClockAlert,
  LoaderCircle,
  PlugZap,
  RotateCw,
  Unplug,
  type LucideIcon,
} from 'lucide-react';
import { assertNever } from '#domain/assert-never.ts';
import type { UnixMs } from '#domain/units.ts';
import type { SyncHealth, VaultView } from '#domain/vault-state.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { formatCountdown } from './format.ts';
import { TEST_IDS } from './test-ids.ts';

export type SyncTone = 'good' | 'warn' | 'bad' | 'busy';

export interface SyncWords {
  readonly word: string;
  readonly tone: SyncTone;
  readonly icon: LucideIcon;
  readonly spinning: boolean;
}

const words = (word: string, tone: SyncTone, icon: LucideIcon, spinning = false): SyncWords => ({
  word,
  tone,
  icon,
  spinning,
});

/**
 * What the sync column says. A heartbeat of a healthy vault changes nothing here: a word that flickers
 * every five seconds is no news.
 */
export function describeSync(view: VaultView, health: SyncHealth, nowMs: UnixMs): SyncWords {
  const { phase } = view;
  if (health === 'discrepant') return words('Discrepant', 'bad', Unplug);
  if (phase.kind === 'waiting') {
    const left = formatCountdown(phase.nextAttemptAtMs, nowMs);
    return words(`Retry in ${left}`, health === 'failing' ? 'bad' : 'warn', RotateCw);
  }
  if (health === 'failing') return words('Failing', 'bad', CircleX);
  if (phase.kind === 'reconnecting') return words('Reconnecting', 'warn', PlugZap);
  if (phase.kind === 'reading' && (phase.attempt > 1 || phase.cause === 'request')) {
    return words(
      phase.attempt > 1 ? `Try ${phase.attempt}…` : 'Syncing…',
      'busy',
      LoaderCircle,
      true,
    );
  }
  switch (health) {
    case 'fresh':
      return words('Verified', 'good', CircleCheck);
    case 'stale':
      if (view.synced) return words('Stale', 'warn', ClockAlert);
      return phase.kind === 'reading'
        ? words('Verifying…', 'busy', LoaderCircle, true)
        : words('Not verified', 'warn', ClockAlert);
    default:
      return assertNever(health, 'sync health');
  }
}

export interface SyncBadgeProps {
  readonly view: VaultView;
  readonly health: SyncHealth;
}

/** Icon, word and colour; drawn again when the word changes, as in a retry that counts down. */
export function SyncBadge({ view, health }: SyncBadgeProps) {
  const word = useAtNow((nowMs) => describeSync(view, health, nowMs).word);
  const { tone, icon: Icon, spinning } = describeSync(view, health, view.vault.createdAtMs);
  return (
    <span
      className={`sync-badge sync-${tone}`}
      data-testid={TEST_IDS.syncState}
      data-health={health}
    >
      <Icon size={14} className={spinning ? 'spin' : ''} aria-hidden />
      {word}
    </span>
  );
}
