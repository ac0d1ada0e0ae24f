import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { slot } from '#domain/units.ts';
import type { TransactionStatus } from '#main/engine/ports.ts';
import { wrongCluster } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { CapitalContext } from './capital-context.ts';
import { readExpiry } from './expiry.ts';
import type { HighWater } from './high-water.ts';
import { programRefusal, programsOf } from './program-errors.ts';
import { readSignature, type SignatureStatus } from './signature-status.ts';

/** What is proved of the transaction by the node in use, and by the others where one is not enough. */
export async function readTransactionStatus(
  context: CapitalContext,
  session: EndpointSession,
  finalized: HighWater,
  transaction: OperationTransaction,
): Promise<Result<TransactionStatus, KeelError>> {
  const { access } = context;
  const { genesisHash } = access.network;
  const made = transaction.genesisHash;
  if (made !== null && genesisHash !== null && made !== genesisHash) {
    return err(wrongCluster(session.endpoint.label, genesisHash, made));
  }
  const others = access.othersThan(session);
  if (transaction.signature !== null) {
    const status = await readSignature(session, others, transaction);
    if (!status.ok) return status;
    if (status.value.kind !== 'silent') {
      return ok(outcomeOf(context, transaction, status.value));
    }
  }
  return await expiryOf(context, session, finalized, transaction, others);
}

async function expiryOf(
  context: CapitalContext,
  session: EndpointSession,
  finalized: HighWater,
  transaction: OperationTransaction,
  others: readonly EndpointSession[],
): Promise<Result<TransactionStatus, KeelError>> {
  const own = await readExpiry(session, finalized, transaction);
  if (!own.ok) return own;
  if (own.value.kind === 'found') return ok(outcomeOf(context, transaction, own.value.status));
  const { height } = own.value;
  const unknown: TransactionStatus = { kind: 'unknown', finalizedBlockHeight: height };
  if (own.value.kind === 'not-proved') return ok(unknown);
  const { words, remembers } = own.value;
  if (others.length === 0) {
    return ok(
      remembers
        ? { kind: 'expired', finalizedBlockHeight: own.value.height, proof: words }
        : unknown,
    );
  }
  for (const other of others) {
    const second = await readExpiry(other, finalized, transaction);
    if (!second.ok || second.value.kind === 'not-proved') continue;
    if (second.value.kind === 'found') {
      return ok(outcomeOf(context, transaction, second.value.status));
    }
    if (!remembers && !second.value.remembers) continue;
    const proof = `${words} ${second.value.words}`;
    return ok({ kind: 'expired', finalizedBlockHeight: own.value.height, proof });
  }
  return ok(unknown);
}

function outcomeOf(
  { venue }: CapitalContext,
  { message }: OperationTransaction,
  status: SignatureStatus,
): TransactionStatus {
  if (status.kind !== 'landed') return { kind: 'unknown', finalizedBlockHeight: null };
  if (status.error === null) return { kind: 'landed', slot: slot(status.slot) };
  const error = programRefusal(venue.vendor, 'FAILED_ON_CHAIN', {
    error: status.error,
    programs: programsOf(venue.vendor, Buffer.from(message, 'base64')),
    venueProgram: venue.deployment.program,
  });
  return { kind: 'failed', slot: slot(status.slot), error };
}
