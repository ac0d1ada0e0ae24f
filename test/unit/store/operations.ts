/** Made-up capital operations, told apart by a number, at each step of their life. */
import { advanceOperation, newOperation, type OperationEvent } from '#domain/advance-operation.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import { address, networkId, operationId, type OperationId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { lamports, quoteAmount, slot, tokenAmount, unixMs } from '#domain/units.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { snapshotOf } from './observations.ts';

export const OPENED_MS = 1_800_000_000_000;
const SIGNER = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');

export function operationIdOf(number: number): OperationId {
  return operationId(`00000000-0000-4000-9000-${number.toString(16).padStart(12, '0')}`);
}

const move = {
  vaultId: vaultIdOf(1),
  token: {
    symbol: 'USDC',
    marketIndex: 0,
    mint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
    decimals: 6,
  },
  amount: tokenAmount(2n ** 64n - 1n),
} as const;

export const WITHDRAWAL: CapitalIntent = { kind: 'withdraw', ...move };
export const TRANSFER: CapitalIntent = { kind: 'transfer', ...move, toVaultId: vaultIdOf(2) };

/** An operation that has only been asked for. */
export function requested(number: number, intent = WITHDRAWAL): CapitalOperation {
  return newOperation({
    id: operationIdOf(number),
    network: networkId('practice'),
    vaultType: 'onChain',
    intent,
    signerKey: SIGNER,
    value: null,
    atMs: unixMs(OPENED_MS),
    cause: 'asked for in the window',
  });
}

const refusal = keelError('CAPITAL_DENIED', 'fix-input', 'Too much.', 'Ask for less.');

type Step = Exclude<OperationEvent['kind'], never>;

/** What each step brings; its figures tell the operation's number. */
export function eventOf(number: number, kind: Step): OperationEvent {
  const at = { atMs: unixMs(OPENED_MS + number), cause: `${kind} of ${number}` };
  const signerKey = SIGNER;
  const value = quoteAmount(1_000_000n * BigInt(number));
  switch (kind) {
    case 'validated':
      return { ...at, kind, signerKey, value };
    case 'planned':
      return { ...at, kind, signerKey, value, expectation: expectationOf(number) };
    case 'simulated':
      return { ...at, kind, simulation: simulationOf(number) };
    case 'approved':
      return {
        ...at,
        kind,
        approval: 'confirmed',
        transaction: {
          message: `message ${number}`,
          blockhash: `hash ${number}`,
          lastValidBlockHeight: 2n ** 53n + BigInt(number),
          builtAtSlot: slot(BigInt(number)),
          genesisHash: 'genesis',
          signature: null,
          wire: null,
        },
      };
    case 'signed':
      return { ...at, kind, signature: `signature ${number}`, wire: `wire ${number}` };
    case 'confirmed':
      return { ...at, kind, landedAtSlot: slot(BigInt(number) + 9n) };
    case 'rejected':
      return { ...at, kind, error: refusal, landedAtSlot: slot(BigInt(number)) };
    case 'submitted':
    case 'synced':
    case 'verified':
      return { ...at, kind };
    case 'unresolved':
    case 'denied':
    case 'discrepant':
    case 'expired':
      return { ...at, kind, error: refusal };
  }
}

function expectationOf(number: number) {
  const change = {
    vaultId: vaultIdOf(1),
    symbol: 'USDC',
    marketIndex: 0,
    decimals: 6,
    change: tokenAmount(-BigInt(number)),
    scaledBefore: 2n ** 80n,
  };
  return { slotBefore: slot(BigInt(number)), changes: [change], opensSubAccount: null };
}

function simulationOf(number: number) {
  const snapshot = snapshotOf({ slot: BigInt(number), atMs: OPENED_MS });
  return {
    slot: slot(BigInt(number)),
    after: [{ vaultId: vaultIdOf(1), snapshot }],
    walletLamportsChange: lamports(-5_000n),
    walletTokenChange: null,
    computeUnits: 70_000,
  };
}

export const WHOLE_LIFE = [
  'validated',
  'planned',
  'simulated',
  'approved',
  'signed',
  'submitted',
  'unresolved',
  'confirmed',
  'synced',
  'verified',
] as const satisfies readonly Step[];

/** The operation after each of the steps, the request first. */
export function lifeOf(
  number: number,
  steps: readonly Step[] = WHOLE_LIFE,
  intent = WITHDRAWAL,
): readonly [CapitalOperation, ...CapitalOperation[]] {
  const first = requested(number, intent);
  const rows: [CapitalOperation, ...CapitalOperation[]] = [first];
  for (const kind of steps) {
    const next = advanceOperation(rows.at(-1) ?? first, eventOf(number, kind));
    if (!next.ok) throw new Error(next.error.message);
    rows.push(next.value);
  }
  return rows;
}
