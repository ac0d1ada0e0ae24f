/**
 * For each version a database as that version wrote it, with data in it. Frozen like the migrations: plain SQL and
 * JSON of the time, nothing of the living code but the migrations themselves.
 */
import Database from 'better-sqlite3';
import { migrate } from '#main/store/migrate.ts';

export const VAULT = '00000000-0000-4000-8000-000000000001';
export const PAPER = '00000000-0000-4000-8000-000000000002';
export const FAILED = '00000000-0000-4000-8000-000000000003';

export const OPERATION = '00000000-0000-4000-8000-0000000000aa';
export const ENDED = '00000000-0000-4000-8000-0000000000ae';
export const SIGNED = '00000000-0000-4000-8000-0000000000af';
export const ALERT = '00000000-0000-4000-8000-0000000000a1';

const OPERATION_TEXT = JSON.stringify({
  id: OPERATION,
  network: 'practice',
  vaultType: 'virtual',
  intent: {
    kind: 'deposit',
    vaultId: PAPER,
    token: {
      symbol: 'USDC',
      marketIndex: 0,
      mint: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
      decimals: 6,
    },
    amount: '9007199254740993',
  },
  state: 'requested',
  signerKey: null,
  value: null,
  expectation: null,
  simulation: null,
  approval: null,
  transaction: null,
  landedAtSlot: null,
  error: null,
  createdAtMs: 5000,
  endedAtMs: null,
});

const RAW = 'spot 0:100000000000 perp 0:-1000000000:21000000:21000000:20900000:0';

const SNAPSHOT = JSON.stringify({
  slot: '77',
  observedAtMs: 1_767_225_600_000,
  figures: {
    totalCollateral: '100000000',
    freeCollateral: '50000000',
    initialMargin: '2000000',
    maintenanceMargin: '1000000',
    health: 90,
    leverage: '2000',
    unrealizedPnl: '-200000',
    unsettledPnl: '0',
    unsettledFunding: '5',
    cumulativeFunding: '-7',
  },
  perpPositions: [
    {
      market: 'SOL-PERP',
      marketIndex: 0,
      baseSize: '-1000000000',
      quoteAssetAmount: '21000000',
      quoteEntryAmount: '21000000',
      quoteBreakEvenAmount: '20900000',
      openOrders: 0,
      entryPrice: '21000000',
      markPrice: '20000000',
      oraclePrice: '20000001',
      notional: '20000000',
      unrealizedPnl: '1000000',
      unsettledPnl: '0',
      unrealizedFunding: '5',
      liquidationPrice: '90000000',
    },
  ],
  spotPositions: [
    {
      token: 'USDC',
      marketIndex: 0,
      decimals: 6,
      scaledBalance: '100000000000',
      amount: '100000000',
      oraclePrice: '1000000',
      value: '100000000',
      withdrawable: '40000000',
    },
  ],
  exchangeStatus: { bits: 0, paused: [] },
  accountFlags: [],
  delegate: null,
});

/** An operation of version 4 with simulated snapshots, one of them of an account that is being liquidated. */
function simulatedText(id: string, state: string, endedAtMs: number | null): string {
  const snapshot = JSON.parse(SNAPSHOT) as { readonly figures: object };
  const poor = { ...snapshot, figures: { ...snapshot.figures, health: 0 } };
  const [message, signature, wire] =
    id === ENDED ? ['bytes', 'signature', 'wire'] : ['more bytes', 'other signature', 'other wire'];
  return JSON.stringify({
    ...(JSON.parse(OPERATION_TEXT) as object),
    id,
    vaultType: 'onChain',
    state,
    endedAtMs,
    simulation: {
      slot: '77',
      after: [
        { vaultId: VAULT, snapshot },
        { vaultId: FAILED, snapshot: poor },
      ],
      walletLamportsChange: '-5000',
      walletTokenChange: null,
      computeUnits: 70_000,
    },
    approval: 'confirmed',
    transaction: {
      ...{ message, signature, wire, blockhash: 'hash', genesisHash: 'home-of-the-chain' },
      lastValidBlockHeight: '700',
      builtAtSlot: '77',
    },
  });
}

const ERROR = JSON.stringify({
  code: 'RPC_TIMEOUT',
  remedy: 'retry',
  message: 'The node did not answer.',
  advice: 'Wait.',
});

/** Vaults, states, runs, a halt and a ledger, as version 1 kept them. */
function fillVersion1(db: Database.Database): void {
  db.exec(`
    INSERT INTO vaults VALUES
      (1, '${VAULT}', 'funding', 'Chain', 'practice', 'onChain', 1, 1000, NULL, 0, NULL,
        'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH',
        '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin', 3),
      (2, '${PAPER}', 'funding', 'Paper', 'practice', 'virtual', 0, 1000, 2000, 1, 50000000,
        NULL, NULL, NULL),
      (3, '${FAILED}', 'other', 'Never seen', 'practice', 'onChain', 0, 1000, NULL, 2, NULL,
        'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH',
        '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin', 4);
    INSERT INTO sync_states VALUES
      (1, 77, 1767225600000, '${SNAPSHOT}', '${RAW}', 100000000, 50000000, -200000, 90,
        80000000, 20000000, 0, 'verified', 78, 1767225600100, NULL, NULL),
      (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unverified', NULL, NULL,
        NULL, '{"error":${ERROR},"attempts":4,"cause":"start","atMs":1767225600200}');
    INSERT INTO sync_runs VALUES
      (1, 'run-good', 1, 'heartbeat', 1767225600000, 1767225600100, 'verified', 0),
      (2, 'run-bad', 3, 'start', 1767225600000, 1767225600200, 'failed', 1);
    INSERT INTO sync_attempts VALUES
      (1, 1, 1767225600000, 99.5, 'verified', NULL, NULL, 77),
      (2, 1, 1767225600000, 4000.0, 'failed', '${ERROR}', 1000.0, NULL);
    INSERT INTO halts VALUES (1, 3, 1767225600200, 4, '${ERROR}', NULL);
    INSERT INTO paper_entries VALUES (2, 1, 'allocate', 50000000, 50000000, 1000, '');
    INSERT INTO paper_accounts VALUES (2, 50000000, 1, 1000);
  `);
}

/** Version 2 added history and what thins it. */
function fillVersion2(db: Database.Database): void {
  db.exec(`
    INSERT INTO value_history VALUES
      (1, 1767225500000, 0, 1767225510000, 70, 90000000, 70000000, 20000000, 40000000, 0, 88, 1);
    INSERT INTO history_thinning VALUES (1, 60000, 1767225500000, 0);
    INSERT INTO sync_run_hours VALUES (1, 1767222000000, 700, 12, 14000, 90);
  `);
}

/** Version 3 added the home cluster. */
function fillVersion3(db: Database.Database): void {
  db.exec(`UPDATE vaults SET genesis = 'home-of-the-chain' WHERE no = 1`);
}

/** Version 4 added capital operations; a paper line of one. */
function fillVersion4(db: Database.Database): void {
  db.exec(`
    INSERT INTO operations (no, id, network, vault_type, kind, vault_id, state, created_at_ms,
      operation)
    VALUES (1, '${OPERATION}', 'practice', 'virtual', 'deposit', '${PAPER}', 'requested', 5000,
      '${OPERATION_TEXT}');
    INSERT INTO operation_transitions VALUES (1, 1, 'requested', 5000, 'asked');
    INSERT INTO operation_locks VALUES ('virtual/${PAPER}', 1);
    INSERT INTO operations (no, id, network, vault_type, kind, vault_id, state, created_at_ms,
      ended_at_ms, message, last_valid_block_height, signature, wire, operation)
    VALUES
      (2, '${ENDED}', 'practice', 'onChain', 'deposit', '${VAULT}', 'expired', 5000, 9000,
        'bytes', 700, 'signature', 'wire', '${simulatedText(ENDED, 'expired', 9_000)}'),
      (3, '${SIGNED}', 'practice', 'onChain', 'deposit', '${VAULT}', 'signed', 5000, NULL,
        'more bytes', 700, 'other signature', 'other wire',
        '${simulatedText(SIGNED, 'signed', null)}');
    INSERT INTO operation_transitions VALUES
      (2, 1, 'requested', 5000, 'asked'), (2, 2, 'expired', 9000, 'block 701 was finalized'),
      (3, 1, 'requested', 5000, 'asked'), (3, 2, 'signed', 6000, 'the signer signed');
  `);
}

/** Version 5 added alerts, the stop of everything, and pauses of exchanges. */
function fillVersion5(db: Database.Database): void {
  db.exec(`
    INSERT INTO alerts (no, id, key, kind, severity, title, text, advice, vault_id, network,
      raised_at_ms, changed_at_ms, cleared_at_ms, acknowledged_at_ms)
    VALUES
      (1, '${ALERT}', 'margin/${VAULT}', 'margin', 'critical', 'Margin', 'Health is 19.', 'Act.',
        '${VAULT}', 'practice', 6000, 6500, NULL, NULL),
      (2, '00000000-0000-4000-8000-0000000000a2', 'node/practice', 'node', 'warning', 'Node', 'Slow.',
        'Wait.', NULL, 'practice', 6000, 6000, 7000, 8000);
    INSERT INTO halt_all VALUES (1, 4000, 'tray', 4500), (2, 6000, 'keyboard', NULL);
    INSERT INTO exchange_pauses VALUES
      (1, 'practice', 'deposit', 3000, 3500), (2, 'practice', 'fill', 5000, NULL);
  `);
}

/** Version 6 added the operations that ended and were not told of. */
function fillVersion6(db: Database.Database): void {
  db.exec('INSERT INTO untold_operations VALUES (2)');
}

/** Version 7 added what the charts read, and the notes. */
function fillVersion7(db: Database.Database): void {
  db.exec(`
    INSERT INTO vault_notes VALUES
      ('00000000-0000-4000-8000-0000000000b1', '${VAULT}', 'Moved to the second engine.', 6000, NULL);
  `);
}

/** Version 8 added the feed; its list of operations is written by the rows themselves. */
function fillVersion8(db: Database.Database): void {
  db.exec(`
    INSERT INTO activity (at_ms, kind, tone, actor, title, text) VALUES
      (9500, 'settings', 'info', 'trader', 'Settings changed', 'Theme: dark → light');
  `);
}

const FILLS: readonly ((db: Database.Database) => void)[] = [
  fillVersion1,
  fillVersion2,
  fillVersion3,
  fillVersion4,
  fillVersion5,
  fillVersion6,
  fillVersion7,
  fillVersion8,
];

export const FIXTURE_VERSIONS = FILLS.map((_, index) => index + 1);

/** Writes the database of a version, filled step by step as its users' databases were. */
export function writeFixture(file: string, version: number): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  for (const step of FIXTURE_VERSIONS.slice(0, version)) {
    migrate(db, step);
    FILLS[step - 1]?.(db);
  }
  db.close();
}
