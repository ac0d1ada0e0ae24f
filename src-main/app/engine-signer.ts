/** The engine's way to the signer: by the main process, which hands requests on and adds nothing to them. */
import type { ApprovalKind } from '#domain/capital-operation.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SignerAnswer } from '#domain/signer-protocol.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import { z } from 'zod';
import type { Signer } from '#main/engine/ports.ts';
import type { FromEngineOnWire } from '#main/ipc/engine-protocol.ts';
import { engineSignerRequestSchema, type EngineSignerRequest } from '#main/ipc/signer-protocol.ts';

const APPROVALS: readonly string[] = [
  'below-threshold',
  'confirmed',
  'typed',
] satisfies ApprovalKind[];
/** 64 bytes in base58. */
const SIGNATURE = /^[1-9A-HJ-NP-Za-km-z]{64,88}$/;

export interface EngineSigner extends Signer {
  takeState(state: SignerState): void;
  takeAnswer(id: number, answer: SignerAnswer): void;
}

/** @param send posts to the main process. Requests have no time-out: a review waits for the trader. */
export function createEngineSigner(send: (message: FromEngineOnWire) => void): EngineSigner {
  const waiting = new Map<number, (answer: SignerAnswer) => void>();
  const listeners = new Set<(state: SignerState) => void>();
  let state = SIGNER_NOT_STARTED;
  let lastId = 0;

  function ask(request: EngineSignerRequest): Promise<SignerAnswer> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      const onWire = z.encode(engineSignerRequestSchema, request);
      send({ type: 'signer-request', id, request: onWire });
    });
  }

  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async review(review) {
      const answer = await ask({ kind: 'review', review });
      if (!answer.ok) return answer;
      return isApproval(answer.value) ? ok(answer.value) : err(unreadableAnswer('review'));
    },
    async sign(sign): Promise<Result<{ readonly signature: string }, KeelError>> {
      const answer = await ask({ kind: 'sign', sign });
      if (!answer.ok) return answer;
      const signature = answer.value;
      return signature !== null && SIGNATURE.test(signature)
        ? ok({ signature })
        : err(unreadableAnswer('sign'));
    },
    withdrawReview: (operationId) => send({ type: 'withdraw-review', operationId }),
    takeState(next) {
      state = next;
      listeners.forEach((listener) => listener(next));
    },
    takeAnswer(id, answer) {
      const resolve = waiting.get(id);
      waiting.delete(id);
      resolve?.(answer);
    },
  };
}

function isApproval(value: string | null): value is ApprovalKind {
  return value !== null && APPROVALS.includes(value);
}

function unreadableAnswer(what: string): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'stop',
    `The signer's answer to ${what} is not one that Keel knows.`,
    'Quit Keel and start it again; if it stays, install Keel anew.',
  );
}
