import { useCallback, useEffect, useState } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { PracticeNode } from '#domain/practice.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import { command, request } from '#renderer/stores/commands.ts';
import { faultRequests, type FaultChange } from './fault-fields.ts';

const RELOAD_MS = 2_000;

type PracticeStatus = ResponseOf<'practice.load'>;

/** The practice network's state and the switch of its faults. */
export function usePractice() {
  const [status, setStatus] = useState<PracticeStatus | null>(null);
  const [error, setError] = useState<KeelError | null>(null);

  const load = useCallback(async () => {
    const answer = await request('practice.load', {});
    if (answer.ok) setStatus(answer.value);
    setError(answer.ok ? null : answer.error);
  }, []);
  useEffect(() => {
    void load();
    // Faults are spent, and may be set from outside the window: the panel must not say otherwise.
    const timer = setInterval(() => void load(), RELOAD_MS);
    return () => clearInterval(timer);
  }, [load]);

  const changeFaults = useCallback(
    async (node: PracticeNode, change: FaultChange) => {
      if (status === null) return;
      for (const each of faultRequests(status.faults, node, change)) {
        await command('The faults could not be set', 'practice.setFaults', each);
      }
      await load();
    },
    [load, status],
  );
  return { status, error, changeFaults };
}
