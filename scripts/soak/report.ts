import type { MemorySlope } from './memory-slope.ts';

export interface SoakReport {
  readonly minutes: number;
  readonly speed: number;
  readonly seed: number;
  readonly phases: number;
  readonly unhandled: readonly string[];
  readonly memory: readonly MemorySlope[];
  /** HTTP and socket calls that the node counted. */
  readonly rpcCallsPerHour: number;
  /** Reads of all on-chain vaults in a quiet phase, by heartbeats that it had; null: it was too short to tell. */
  readonly readsPerHeartbeat: number | null;
  readonly syncErrors: number;
  readonly recoveries: number;
  readonly vaults: number;
  /** In words; empty: every vault is in step, and shows what an independent read of the chain shows. */
  readonly outOfStep: readonly string[];
  readonly databaseFirstKb: number;
  readonly databaseLastKb: number;
}

export function passed(report: SoakReport): boolean {
  return report.unhandled.length === 0 && report.outOfStep.length === 0;
}

export function reportText(report: SoakReport): string {
  const { memory, unhandled, outOfStep, readsPerHeartbeat } = report;
  return [
    `${report.minutes} min at ${report.speed}×, seed ${report.seed}, ${report.phases} phases, ${report.vaults} vaults`,
    `unhandled rejections    ${unhandled.length}`,
    ...unhandled.map((fault) => `  ${fault}`),
    ...memory.map(
      ({ process, samples, firstMb, lastMb, mbPerHour }) =>
        `memory ${process.padEnd(16)} ${mbPerHour} MB/h (${firstMb} → ${lastMb} MB, ${samples} samples)`,
    ),
    `RPC calls an hour       ${report.rpcCallsPerHour}`,
    `reads a heartbeat       ${readsPerHeartbeat ?? 'not measured'}`,
    `VAULT_SYNC_ERROR        ${report.syncErrors}, recoveries ${report.recoveries}`,
    `database                ${report.databaseFirstKb} → ${report.databaseLastKb} KB`,
    `out of step at the end  ${outOfStep.length}`,
    ...outOfStep.map((words) => `  ${words}`),
  ].join('\n');
}
