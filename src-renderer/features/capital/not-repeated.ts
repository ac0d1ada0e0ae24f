import { isTransient, type KeelError } from '#domain/keel-error.ts';
import { err, type Result } from '#domain/result.ts';

/**
 * A request that failed for the network's sake is not on record, and Keel does not ask again by itself: the advice
 * says so, where that of the network speaks of reads, which are repeated.
 */
export async function notRepeated<Value>(
  asked: Promise<Result<Value, KeelError>>,
): Promise<Result<Value, KeelError>> {
  const answer = await asked;
  if (answer.ok || !isTransient(answer.error)) return answer;
  return err({
    ...answer.error,
    advice:
      'Nothing was sent, and nothing will be by itself: press again when the network answers.',
  });
}
