/** Loads by key, shows what was loaded before while it loads anew, and keeps the last answers of each key. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';

export interface Loaded<Value> {
  readonly value: Value | null;
  /** The last attempt's; `value` may still hold what was loaded before it. */
  readonly error: KeelError | null;
  readonly loading: boolean;
}

export interface Loader<Value> extends Loaded<Value> {
  readonly retry: () => void;
  /** Replaces what is shown, and what is kept for the key. */
  readonly change: (next: (value: Value) => Value) => void;
}

const MOST_KEPT = 40;

export interface AnswerCache<Value> {
  get(key: string): Value | undefined;
  put(key: string, value: Value): void;
}

/** Forgets what was put in longest ago. */
export function createAnswerCache<Value>(most = MOST_KEPT): AnswerCache<Value> {
  const kept = new Map<string, Value>();
  return {
    get: (key) => kept.get(key),
    put(key, value) {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}

const WAIT_MS = 120;

/**
 * @param subject what never mixes: another subject shows nothing of the one before.
 * @param key of the answer; a change asks again after a short rest, so that a zoom asks once.
 */
export function useLoaded<Value>(
  subject: string,
  key: string,
  cache: AnswerCache<Value>,
  ask: () => Promise<Result<Value, KeelError>>,
): Loader<Value> {
  const place = `${subject} ${key}`;
  const [state, setState] = useState<Loaded<Value> & { readonly subject: string }>(() => ({
    ...{ subject, error: null, loading: true },
    value: cache.get(place) ?? null,
  }));
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(false);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });

  useEffect(() => {
    let current = true;
    const kept = cache.get(place);
    setState((before) => ({
      ...{ subject, error: null, loading: true },
      value: kept ?? (before.subject === subject ? before.value : null),
    }));
    const load = async () => {
      const answer = await latest.current();
      if (!current) return;
      if (answer.ok) cache.put(place, answer.value);
      setState((before) => ({
        ...{ subject, loading: false, error: answer.ok ? null : answer.error },
        value: answer.ok ? answer.value : before.value,
      }));
    };
    const timer = setTimeout(() => void load(), asked.current ? WAIT_MS : 0);
    asked.current = true;
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [subject, place, attempt, cache]);

  const change = useCallback(
    (next: (value: Value) => Value) =>
      setState((before) => {
        if (before.value === null) return before;
        const value = next(before.value);
        if (value === before.value) return before;
        cache.put(place, value);
        return { ...before, value };
      }),
    [cache, place],
  );
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  const own = state.subject === subject;
  return {
    value: own ? state.value : null,
    error: own ? state.error : null,
    loading: own ? state.loading : true,
    retry,
    change,
  };
}
