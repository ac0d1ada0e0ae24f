import { useEffect, useState } from 'react';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';

const EVERY_MS = 4_000;
/** Older figures are no ground for moving money: three reads have failed or hang. */
const TOO_OLD_MS = 15_000;

export interface LiveFacts {
  /** The last that were read; null before the first. */
  readonly facts: CapitalFacts | null;
  /** Why the last read failed; null while it did not. */
  readonly error: KeelError | null;
  readonly readAtMs: number | null;
  readonly tooOld: boolean;
}

/** Reads on opening and every few seconds, one read at a time, until the form is closed. */
export function useFacts(
  load: () => Promise<Result<{ readonly facts: CapitalFacts }, KeelError>>,
): LiveFacts {
  const [facts, setFacts] = useState<CapitalFacts | null>(null);
  const [receivedAtMs, setReceivedAtMs] = useState(0);
  const [error, setError] = useState<KeelError | null>(null);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = async () => {
      const answer = await load();
      if (!current) return;
      setError(answer.ok ? null : answer.error);
      if (answer.ok) {
        setFacts(answer.value.facts);
        setReceivedAtMs(Date.now());
      }
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    return () => {
      current = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, [load]);
  const readAtMs = facts === null ? null : receivedAtMs;
  const tooOld = useAtNow((nowMs) => readAtMs !== null && nowMs - readAtMs > TOO_OLD_MS);
  return { facts, error, readAtMs, tooOld };
}
