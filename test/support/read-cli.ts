/** The support tool as an outside check: a process of its own that reads the chain and knows nothing of Keel. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const TOOL = resolve(import.meta.dirname, '../../dist/cli/read.cjs');

const units = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);

const snapshotSchema = z.object({
  totalCollateral: units,
  balances: z.object({ USDC: units, DRIFT_POS: units, SOL: units }),
});

export type ChainFigures = z.output<typeof snapshotSchema>;

/** @throws Error with what the tool printed when it does not end well */
export async function readChain(
  rpcUrl: string,
  authority: string,
  subAccountId: number,
): Promise<ChainFigures> {
  const args = ['--rpc', rpcUrl, '--authority', authority, '--sub-account', String(subAccountId)];
  const { stdout } = await run(process.execPath, [TOOL, ...args, '--json']);
  return snapshotSchema.parse(JSON.parse(stdout));
}
