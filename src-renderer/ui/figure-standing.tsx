import './figure-standing.css';
import { useId, type HTMLAttributes, type ReactNode } from 'react';
import type { Slot, UnixMs } from '#domain/units.ts';
import type { SyncHealth, VaultView } from '#domain/vault-state.ts';
import { formatDateTime, formatInteger } from './format.ts';

/** `unknown`: nobody has told how old the figures are, or there are none. */
export type FigureHealth = SyncHealth | 'unknown';

/** When figures were read, and whether somebody vouches for them now. */
export interface Standing {
  readonly observedAtMs: UnixMs | null;
  /** Null where the figures are no chain's. */
  readonly slot: Slot | null;
  readonly health: FigureHealth;
}

export const UNKNOWN_STANDING: Standing = { observedAtMs: null, slot: null, health: 'unknown' };

/**
 * The standing of a vault's figures: since the last verification, or since the read where they are not verified.
 * @param health at this moment, from `useSyncHealth`: it changes by itself as time goes by.
 */
export function standingOf({ vault, state }: VaultView, health: SyncHealth): Standing {
  const { observation, verification } = state;
  if (observation === null) return { ...UNKNOWN_STANDING, health };
  const verified = verification.kind === 'verified';
  return {
    observedAtMs: verified ? verification.atMs : observation.snapshot.observedAtMs,
    // A paper vault counts the entries of its ledger instead.
    slot:
      vault.vaultType === 'virtual'
        ? null
        : verified
          ? verification.slot
          : observation.snapshot.slot,
    health,
  };
}

const GRAVITY: readonly FigureHealth[] = ['fresh', 'unknown', 'stale', 'failing', 'discrepant'];

/** Of a figure made of several: as old as the oldest of them and as bad as the worst. */
export function worstStanding(standings: readonly Standing[]): Standing {
  if (standings.length === 0) return UNKNOWN_STANDING;
  return standings.reduce((worst, next) => ({
    observedAtMs:
      worst.observedAtMs === null || next.observedAtMs === null
        ? null
        : worst.observedAtMs < next.observedAtMs
          ? worst.observedAtMs
          : next.observedAtMs,
    slot: null,
    health:
      GRAVITY.indexOf(next.health) > GRAVITY.indexOf(worst.health) ? next.health : worst.health,
  }));
}

/** The marks themselves, for an element that has to stay what it is (a table row, a virtual line). */
export function observedMarks({ observedAtMs, slot, health }: Standing) {
  return {
    'data-observed-at': observedAtMs ?? 'never',
    'data-standing': health,
    'data-slot': slot === null ? undefined : String(slot),
  } as const;
}

export interface ObservedProps extends HTMLAttributes<HTMLElement> {
  readonly standing: Standing;
  readonly as?: 'div' | 'span' | 'section' | 'article' | 'li' | 'tr' | 'dl' | 'p' | 'tbody';
  /** Told to a screen reader once for the whole group: “Balances of Alpha”. */
  readonly label?: string;
  readonly testId?: string;
  readonly children: ReactNode;
}

/**
 * Figures that were read together. Everything inside that is a figure is greyed while nobody vouches for it, and
 * says its age when it is pointed at (FigureTips). Without a class of its own it takes no room in the layout.
 */
export function Observed(props: ObservedProps) {
  const { standing, as: Element = 'div', label, testId, children, className, ...rest } = props;
  const noteId = useId();
  const described = label !== undefined;
  const bare = className === undefined && (Element === 'div' || Element === 'span');
  return (
    <Element
      {...rest}
      {...observedMarks(standing)}
      {...(described ? { role: 'group', 'aria-label': label, 'aria-describedby': noteId } : {})}
      className={bare ? 'observed' : className}
      data-testid={testId}
    >
      {children}
      {described && (
        <span id={noteId} className="visually-hidden">
          {sayStanding(standing)}
        </span>
      )}
    </Element>
  );
}

const HEALTH_WORDS: Readonly<Record<FigureHealth, string>> = {
  fresh: 'verified',
  stale: 'stale',
  failing: 'the last read failed',
  discrepant: 'two reads disagree',
  unknown: 'age unknown',
};

/** `As of 2026-03-01 14:03:07, slot 312,004,118, verified`: nothing in it moves with the clock. */
function sayStanding({ observedAtMs, slot, health }: Standing): string {
  if (observedAtMs === null) return 'Never read';
  const at = slot === null ? '' : `, slot ${formatInteger(slot)}`;
  return `As of ${formatDateTime(observedAtMs)}${at}, ${HEALTH_WORDS[health]}`;
}

export const healthWords = (health: string): string =>
  HEALTH_WORDS[health as FigureHealth] ?? HEALTH_WORDS.unknown;
