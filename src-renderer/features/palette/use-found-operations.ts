/** Operations that the typed words find: in the names of their vaults, their token, their id or signature. */
import { ArrowLeftRight } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { EVERY_OPERATION, type OperationRow } from '#domain/operation-query.ts';
import type { Command } from '#renderer/features/commands/command.ts';
import { formatToken } from '#renderer/features/operations/operation-words.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { openOperation } from '#renderer/stores/navigation-store.ts';
import { useVaultName } from '#renderer/stores/selectors.ts';
import { formatTime } from '#renderer/ui/format.ts';

const PAUSE_MS = 120;
const SHORTEST = 3;
const MOST = 6;

/** The newest where nothing was typed; empty where the words are too short, or nothing was found. */
export function useFoundOperations(query: string): readonly Command[] {
  const text = query.trim();
  const [rows, setRows] = useState<readonly OperationRow[]>([]);
  const nameOf = useVaultName();
  useEffect(() => {
    let current = true;
    const look = async () => {
      const found = text.length === 0 || text.length >= SHORTEST ? await load(text) : [];
      if (current) setRows(found);
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return useMemo(
    () =>
      rows.map((row) => ({
        id: `operation.${row.id}`,
        title: `${titleOf(row)} · ${nameOf(row.vaultId)}`,
        group: 'Operations',
        icon: ArrowLeftRight,
        keywords: formatTime(row.createdAtMs, useClockStore.getState().nowMs),
        run: () => openOperation(row.id),
      })),
    [rows, nameOf],
  );
}

async function load(text: string): Promise<readonly OperationRow[]> {
  const answer = await request('operation.query', {
    filter: { ...EVERY_OPERATION, text: text.slice(0, 200) },
    sort: { by: 'started', descending: true },
    offset: 0,
    limit: MOST,
  });
  return answer.ok ? answer.value.rows : [];
}

const VERBS = {
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  transfer: 'Transfer',
  'create-sub-account': 'Open sub-account',
} as const;

function titleOf({ kind, amount, symbol, decimals }: OperationRow): string {
  if (amount === null || symbol === null || decimals === null) return VERBS[kind];
  return `${VERBS[kind]} ${formatToken(amount, { symbol, decimals })}`;
}
