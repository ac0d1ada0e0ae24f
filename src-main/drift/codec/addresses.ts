/** Program addresses of a Drift deployment. Program and state seed are data: a fork has its own. */
import { PublicKey } from '@solana/web3.js';

export interface DriftDeployment {
  readonly program: PublicKey;
  readonly stateSeed: string;
}

export const DRIFT_V2: DriftDeployment = {
  program: new PublicKey('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH'),
  stateSeed: 'drift_state',
};

export function stateAddress(deployment: DriftDeployment): PublicKey {
  return derive(deployment, Buffer.from(deployment.stateSeed));
}

export function signerAddress(deployment: DriftDeployment): { address: PublicKey; nonce: number } {
  const [address, nonce] = PublicKey.findProgramAddressSync(
    [Buffer.from('drift_signer')],
    deployment.program,
  );
  return { address, nonce };
}

export function userAddress(
  deployment: DriftDeployment,
  authority: PublicKey,
  subAccountId: number,
): PublicKey {
  return derive(deployment, Buffer.from('user'), authority.toBuffer(), u16(subAccountId));
}

export function userStatsAddress(deployment: DriftDeployment, authority: PublicKey): PublicKey {
  return derive(deployment, Buffer.from('user_stats'), authority.toBuffer());
}

export function perpMarketAddress(deployment: DriftDeployment, marketIndex: number): PublicKey {
  return derive(deployment, Buffer.from('perp_market'), u16(marketIndex));
}

export function spotMarketAddress(deployment: DriftDeployment, marketIndex: number): PublicKey {
  return derive(deployment, Buffer.from('spot_market'), u16(marketIndex));
}

export function spotVaultAddress(deployment: DriftDeployment, marketIndex: number): PublicKey {
  return derive(deployment, Buffer.from('spot_market_vault'), u16(marketIndex));
}

export function insuranceVaultAddress(deployment: DriftDeployment, marketIndex: number): PublicKey {
  return derive(deployment, Buffer.from('insurance_fund_vault'), u16(marketIndex));
}

/** @param feedId Pyth Lazer's number of the price feed. */
export function pythLazerAddress(deployment: DriftDeployment, feedId: number): PublicKey {
  const id = Buffer.alloc(4);
  id.writeUInt32LE(feedId);
  return derive(deployment, Buffer.from('pyth_lazer'), id);
}

/** Deriving costs about a millisecond, and the same few hundred addresses are wanted again and again. */
const KEPT_ADDRESSES = 10_000;
const derived = new Map<string, PublicKey>();

function derive(deployment: DriftDeployment, ...seeds: Buffer[]): PublicKey {
  const name = `${programName(deployment.program)}/${seeds.map((s) => s.toString('latin1')).join('/')}`;
  const known = derived.get(name);
  if (known) return known;
  if (derived.size >= KEPT_ADDRESSES) derived.clear();
  const address = PublicKey.findProgramAddressSync(seeds, deployment.program)[0];
  derived.set(name, address);
  return address;
}

function programName(program: PublicKey): string {
  return program.toBuffer().toString('latin1');
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
