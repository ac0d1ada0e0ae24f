import { createPublicKey, verify } from 'node:crypto';
import bs58 from 'bs58';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CapitalSubject } from '#main/engine/ports.ts';
import type { Vendor } from '../vendor.ts';
import type { CapitalContext } from './capital-context.ts';
import { wireOf } from './message.ts';
import { reviewOf, signerKeyOf } from './review.ts';
import { MAX_WIRE_BYTES } from './solana-programs.ts';

export interface SignedTransaction {
  /** Base58. */
  readonly signature: string;
  /** Base64. */
  readonly wire: string;
}

/** Asks the signer for the operation's own message and takes only a signature that holds over it. */
export async function signTransaction(
  { venue, access, signer }: CapitalContext,
  subject: CapitalSubject,
): Promise<Result<SignedTransaction, KeelError>> {
  const { operation } = subject;
  const signerKey = signerKeyOf(subject);
  if (!signerKey.ok) return signerKey;
  const { transaction } = operation;
  if (transaction === null) return err(refused('the operation has no message to be signed'));
  const review = reviewOf(access.network, subject, signerKey.value, transaction.message);
  if (!review.ok) return review;
  const signed = await signer.sign({
    operationId: operation.id,
    message: transaction.message,
    review: review.value,
  });
  if (!signed.ok) return signed;
  const { signature } = signed.value;
  const message = Buffer.from(transaction.message, 'base64');
  const bytes = signatureBytes(signature);
  if (bytes === null || !holds(venue.vendor, signerKey.value, message, bytes)) {
    return err(refused(`the signature is not that of ${signerKey.value} over the message`));
  }
  const wire = wireOf(message, bytes);
  return wire.length <= MAX_WIRE_BYTES
    ? ok({ signature, wire: wire.toString('base64') })
    : err(refused(`the transaction has ${wire.length} bytes, more than the network takes`));
}

const SIGNATURE_BYTES = 64;

function signatureBytes(signature: string): Uint8Array | null {
  try {
    const bytes = bs58.decode(signature);
    return bytes.length === SIGNATURE_BYTES ? bytes : null;
  } catch {
    return null;
  }
}

/** By Node's own Ed25519: nothing of the signer's is trusted for it. */
function holds(
  { web3 }: Vendor,
  signerKey: string,
  message: Buffer,
  signature: Uint8Array,
): boolean {
  const x = Buffer.from(new web3.PublicKey(signerKey).toBytes()).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
}

function refused(problem: string): KeelError {
  return keelError(
    'SIGNER_REFUSED',
    'stop',
    `Nothing was signed that can be used: ${problem}.`,
    'Nothing was sent. Start Keel again; if it lasts, report it with the log.',
  );
}
