import { useMemo, useState } from 'react';
import type { VaultId } from '#domain/ids.ts';
import {
  EVERY_OPERATION,
  type OperationFilter,
  type OperationKind,
  type OperationOutcome,
} from '#domain/operation-query.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { useSettled } from '#renderer/stores/use-paged-rows.ts';
import { spanStart, type Span } from '#renderer/ui/table/time-span.ts';

export interface OperationChoice {
  readonly text: string;
  readonly kinds: readonly OperationKind[];
  readonly outcomes: readonly OperationOutcome[];
  readonly vaultId: VaultId | null;
  readonly span: Span;
}

const EVERYTHING: OperationChoice = {
  text: '',
  kinds: [],
  outcomes: [],
  vaultId: null,
  span: 'any',
};

/** What the trader narrows the journal to, and the question that it makes. */
export function useOperationFilter(ofVault: VaultId | null) {
  const [choice, setChoice] = useState(EVERYTHING);
  const { kinds, outcomes, vaultId, span } = choice;
  const text = useSettled(choice.text);
  const filter = useMemo((): OperationFilter => {
    const one = ofVault ?? vaultId;
    return {
      ...EVERY_OPERATION,
      kinds,
      outcomes,
      text,
      vaultIds: one === null ? [] : [one],
      fromMs: spanStart(span, useClockStore.getState().nowMs),
    };
  }, [ofVault, vaultId, kinds, outcomes, text, span]);
  return {
    choice,
    filter,
    narrowed: JSON.stringify(choice) !== JSON.stringify(EVERYTHING),
    change: (part: Partial<OperationChoice>) => setChoice((known) => ({ ...known, ...part })),
    widen: () => setChoice(EVERYTHING),
  };
}
