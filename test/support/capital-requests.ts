/** Operations asked for on the wire, as a page would: past every form. */
import { isFinal, type OperationState } from '#domain/capital-operation.ts';
import { eventually } from './shell-profile.ts';

type Invoke = (channel: string, request: unknown) => Promise<unknown>;

export interface OperationOnWire {
  readonly id: string;
  readonly state: OperationState;
  readonly transaction: { readonly signature: string | null } | null;
  readonly error: unknown;
}

/** Newest first. */
export async function operationsOnWire(invoke: Invoke): Promise<readonly OperationOnWire[]> {
  const asked = { vaultId: null, limit: 200, before: null };
  const { value } = (await invoke('capital.loadOperations', asked)) as {
    readonly value: { readonly operations: readonly { readonly operation: OperationOnWire }[] };
  };
  return value.operations.map(({ operation }) => operation);
}

/** Asks for an operation and waits until it is verified. @throws Error when it is refused or ends otherwise */
export async function requestAndFollow(invoke: Invoke, request: unknown): Promise<void> {
  const answer = (await invoke('capital.request', request)) as {
    readonly ok: boolean;
    readonly value?: { readonly operationId: string };
  };
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer)}`);
  await eventually('the operation is verified', async () => {
    const operations = await operationsOnWire(invoke);
    const found = operations.find(({ id }) => id === answer.value?.operationId);
    if (found?.state === 'verified') return true;
    if (found === undefined || !isFinal(found.state)) return false;
    throw new Error(`The operation ended ${found.state}: ${JSON.stringify(found.error)}`);
  });
}
