/** The words of the trading gate (M4): acts, codes, reasons, and everything that they are judged by. */
import type { CapitalOperation } from './capital-operation.ts';
import type { ExchangeView } from './exchange-state.ts';
import type { HaltAll } from './halt-all.ts';
import type { KeyReadiness } from './key-readiness.ts';
import type { NetworkStatus } from './network.ts';
import type { UnixMs } from './units.ts';
import type { VaultView } from './vault-state.ts';
import type { WatchSettings } from './watch-settings.ts';

/** What a vault may do: add risk, take risk off, take capital in, let capital out. A transfer is both of the last. */
export const TRADING_ACTS = ['increase', 'reduce', 'deposit', 'withdraw'] as const;
export type TradingAct = (typeof TRADING_ACTS)[number];

/** Stable codes, the gravest first: in this order reasons are told. */
export const GATE_CODES = [
  'halted-all',
  'archived',
  'discrepant',
  'failing',
  'halted',
  'operation-unresolved',
  'account-bankrupt',
  'account-being-liquidated',
  'exchange-paused',
  'health-critical',
  'not-synced',
  'stale',
  'network-down',
  'node-behind',
  'node-slow',
  'account-reduce-only',
  'market-closed',
  'market-paused',
  'market-reduce-only',
  'oracle-unusable',
  'operation-open',
  'no-key',
  'key-delegate',
  'signer-unavailable',
  'key-locked',
] as const;

export type GateCode = (typeof GATE_CODES)[number];

export interface GateReason {
  readonly code: GateCode;
  /** What is the case, with the figures. */
  readonly text: string;
  /** What would lift it. */
  readonly advice: string;
  /** The acts that it forbids; never empty. */
  readonly blocks: readonly TradingAct[];
  /** Since when it has been the case, where that is known. */
  readonly sinceMs: UnixMs | null;
}

const STOPS_ENABLING: readonly GateCode[] = [
  'halted-all',
  'archived',
  'discrepant',
  'failing',
  'not-synced',
  'stale',
  'operation-unresolved',
];

/** Whether it must have passed before the trader may enable trading: all else is the venue's, the line's or the key's (S9). */
export const stopsEnabling = ({ code }: Pick<GateReason, 'code'>): boolean =>
  STOPS_ENABLING.includes(code);

/** No reasons: the act is allowed. */
export interface GateAnswer {
  readonly allowed: boolean;
  readonly reasons: readonly GateReason[];
}

/** Everything that is known of a vault's surroundings at one moment. */
export interface GateInputs {
  readonly view: VaultView;
  readonly nowMs: UnixMs;
  readonly staleAfterMs: number;
  readonly watch: WatchSettings;
  readonly haltAll: HaltAll | null;
  /** Null on paper, and before the network was used. */
  readonly network: NetworkStatus | null;
  /** Null on paper, and before the first read of the venue. */
  readonly exchange: ExchangeView | null;
  readonly key: KeyReadiness;
  /** The vault's open capital operation: there is never a second. */
  readonly openOperation: Pick<CapitalOperation, 'id' | 'state' | 'intent' | 'createdAtMs'> | null;
}
