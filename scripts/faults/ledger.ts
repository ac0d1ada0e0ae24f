/**
 * What the practice chain itself says of Keel's operations: every landed transaction that bears a memo of Keel's,
 * read and decoded by none of Keel's own code.
 */
import { createHash } from 'node:crypto';
import bs58 from 'bs58';
import { z } from 'zod';

export type MoveKind = 'deposit' | 'withdraw' | 'transfer' | 'create-sub-account';

/** One transaction on the chain. */
export interface LandedOperation {
  readonly operationId: string;
  readonly signature: string;
  readonly failed: boolean;
  readonly kind: MoveKind;
  /** In the token's smallest unit; null where none is moved. */
  readonly amount: bigint | null;
  readonly marketIndex: number | null;
  /** Addresses of the user accounts that it changes, payer of a transfer first. */
  readonly users: readonly string[];
}

const PAGE = 1_000;
const MEMO = /keel:([0-9a-f-]{36})/;

const listingSchema = z.array(
  z.object({ signature: z.string(), err: z.unknown(), memo: z.string().nullable() }),
);

const transactionSchema = z.object({
  transaction: z.object({
    message: z.object({
      accountKeys: z.array(z.string()),
      instructions: z.array(
        z.object({ programIdIndex: z.number(), accounts: z.array(z.number()), data: z.string() }),
      ),
    }),
  }),
});

/** Position of the user accounts among an instruction's accounts, by the venue's interface description. */
const VENUE_INSTRUCTIONS: readonly {
  readonly kind: MoveKind;
  readonly name: string;
  readonly users: readonly number[];
  readonly moves: boolean;
}[] = [
  { kind: 'deposit', name: 'deposit', users: [1], moves: true },
  { kind: 'withdraw', name: 'withdraw', users: [1], moves: true },
  { kind: 'transfer', name: 'transfer_deposit', users: [0, 1], moves: true },
  { kind: 'create-sub-account', name: 'initialize_user', users: [0], moves: false },
];

/** All of them, oldest first. Rejects when the chain cannot be read: there is no verdict without it. */
export async function readLandedOperations(
  rpcUrl: string,
  authority: string,
  program: string,
): Promise<readonly LandedOperation[]> {
  const landed: LandedOperation[] = [];
  for (const { signature, err, memo } of await listSignatures(rpcUrl, authority)) {
    const operationId = MEMO.exec(memo ?? '')?.[1];
    if (operationId === undefined) continue;
    const raw = await rpc(rpcUrl, 'getTransaction', [
      signature,
      { encoding: 'json', commitment: 'confirmed', maxSupportedTransactionVersion: 0 },
    ]);
    const { message } = transactionSchema.parse(raw).transaction;
    landed.push({
      operationId,
      signature,
      failed: err !== null && err !== undefined,
      ...venueCallOf(message, program),
    });
  }
  return landed.reverse();
}

type Message = z.output<typeof transactionSchema>['transaction']['message'];
type VenueCall = Pick<LandedOperation, 'kind' | 'amount' | 'marketIndex' | 'users'>;

function venueCallOf({ accountKeys, instructions }: Message, program: string): VenueCall {
  const calls = instructions.flatMap(({ programIdIndex, accounts, data }) => {
    if (accountKeys[programIdIndex] !== program) return [];
    const bytes = Buffer.from(bs58.decode(data));
    const known = VENUE_INSTRUCTIONS.find(({ name }) =>
      bytes.subarray(0, 8).equals(discriminatorOf(name)),
    );
    if (known === undefined) return [];
    const users = known.users.map((place) => accountKeys[accounts[place] ?? -1] ?? '');
    return [
      {
        kind: known.kind,
        users,
        marketIndex: known.moves ? bytes.readUInt16LE(8) : null,
        amount: known.moves ? bytes.readBigUInt64LE(10) : null,
      },
    ];
  });
  const [only, second] = calls;
  if (only === undefined || second !== undefined) {
    throw new Error(`A transaction of Keel's has ${calls.length} calls of the venue, not one.`);
  }
  return only;
}

function discriminatorOf(instruction: string): Buffer {
  return createHash('sha256').update(`global:${instruction}`).digest().subarray(0, 8);
}

async function listSignatures(rpcUrl: string, authority: string) {
  const all: z.output<typeof listingSchema> = [];
  for (;;) {
    const before = all.at(-1)?.signature;
    const options = { limit: PAGE, commitment: 'confirmed', ...(before ? { before } : {}) };
    const page = listingSchema.parse(
      await rpc(rpcUrl, 'getSignaturesForAddress', [authority, options]),
    );
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

async function rpc(rpcUrl: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const reply = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (reply.error !== undefined) throw new Error(`${method}: ${reply.error.message}`);
  return reply.result;
}
