import { describe, expect, it } from 'vitest';
import { EVERY_OPERATION } from '#domain/operation-query.ts';
import {
  mayPass,
  outcomeOf,
  rowOfView,
  rowTitle,
} from '#renderer/features/operations/operation-rows.ts';
import { titleOf } from '#renderer/features/operations/operation-words.ts';
import { operationStories } from '#test/support/renderer-preview/capital-stories.ts';

const VIEWS = operationStories(1_780_000_000_000);

describe('a line of the journal', () => {
  it('is called as its operation is', () => {
    for (const view of VIEWS) {
      if (view.operation.intent.kind === 'create-sub-account') continue;
      expect(rowTitle(rowOfView(view))).toBe(titleOf(view.operation.intent));
    }
  });

  it('of paper shows no signature, of the chain the one it has', () => {
    for (const view of VIEWS) {
      const { vaultType, transaction } = view.operation;
      const wanted = vaultType === 'virtual' ? null : (transaction?.signature ?? null);
      expect(rowOfView(view).signature).toBe(wanted);
    }
  });

  it('passes the filter of its own outcome, kind and vault, and no other', () => {
    for (const row of VIEWS.map(rowOfView)) {
      expect(mayPass(row, EVERY_OPERATION)).toBe(true);
      expect(mayPass(row, { ...EVERY_OPERATION, outcomes: [outcomeOf(row)] })).toBe(true);
      expect(mayPass(row, { ...EVERY_OPERATION, vaultIds: [row.vaultId] })).toBe(true);
      const other = outcomeOf(row) === 'open' ? 'verified' : 'open';
      expect(mayPass(row, { ...EVERY_OPERATION, outcomes: [other] })).toBe(false);
    }
  });
});
