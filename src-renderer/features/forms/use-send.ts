import { useState } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';

/** For a form that asks: whether the answer is awaited, and the words of a refusal. `done` only after a success. */
export function useSend() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async <Value>(
    asked: Promise<Result<Value, KeelError>>,
    done: (value: Value) => void,
  ): Promise<void> => {
    setBusy(true);
    const answer = await asked;
    setBusy(false);
    if (answer.ok) done(answer.value);
    else setFailure(`${answer.error.message} ${answer.error.advice}`);
  };
  return { busy, failure, send };
}
