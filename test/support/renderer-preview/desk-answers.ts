/** Answers of the made-up main side to the desk's channels: charts of a made-up year, lists, notes. */
import { activityId, type ActivityEntry } from '#domain/activity.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import { exportId } from '#domain/data-export.ts';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import type { OperationRow } from '#domain/operation-query.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { mayPass } from '#renderer/features/operations/operation-rows.ts';
import type { ChartPoint } from '#domain/value-chart.ts';
import { noteId, type VaultNote } from '#domain/vault-note.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#ipc/contract.ts';
import { endpointAnswers } from './endpoint-answers.ts';

type DeskChannel = Extract<
  ChannelName,
  | `chart.${string}`
  | `operation.${string}`
  | `activity.${string}`
  | `note.${string}`
  | `export.${string}`
  | `network.${string}`
  | `about.${string}`
  | 'settings.exportFile'
  | 'settings.previewImport'
  | 'settings.applyImport'
  | 'practice.reset'
>;

type DeskAnswers = { [Name in DeskChannel]: (request: RequestOf<Name>) => ResponseOf<Name> };

export function deskAnswers(operations: readonly OperationView[], nowMs: number): DeskAnswers {
  let notes: readonly VaultNote[] = [];
  const noteOf = (id: string): VaultNote => {
    const note = notes.find((each) => each.id === id);
    if (note === undefined) throw new Error(`no note ${id}`);
    return note;
  };
  const none = () => ({});
  return {
    'chart.loadVault': ({ vaultId, fromMs, toMs, steps }) => ({
      chart: {
        ...{ vaultId, fromMs, toMs, stepMs: Math.ceil((toMs - fromMs) / steps) },
        points: wave(fromMs, toMs, steps),
        firstMs: unixMs(nowMs - 400 * 86_400_000),
      },
    }),
    'chart.loadTotals': ({ fromMs, toMs, steps }) => ({
      chart: {
        ...{ fromMs, toMs, stepMs: Math.ceil((toMs - fromMs) / steps) },
        lines: (['practice', 'paper'] as const).map((money) => ({
          money,
          network: PRACTICE_NETWORK,
          points: wave(fromMs, toMs, steps).map((point) => ({
            atMs: point.fromMs,
            equity: point.afterGap ? null : point.equity,
            funding: point.cumulativeFunding,
            vaults: 2,
          })),
        })),
      },
    }),
    'operation.query': ({ filter, offset, limit }) => {
      const rows = operations
        .map(rowOf)
        .filter((row) => mayPass(row, filter))
        .toSorted((left, right) => right.createdAtMs - left.createdAtMs);
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    'operation.load': ({ operationId }) => {
      const view = operations.find(({ operation }) => operation.id === operationId);
      if (view === undefined) throw new Error(`no operation ${operationId}`);
      return { view };
    },
    'activity.load': ({ offset, limit }) => {
      const entries = operations.map((view, index) => entryOf(view, operations.length - index));
      return {
        entries: entries.slice(offset, offset + limit),
        total: entries.length,
        upTo: entries[0]?.id ?? null,
      };
    },
    'note.load': ({ vaultId }) => ({ notes: notes.filter((note) => note.vaultId === vaultId) }),
    'note.add': ({ vaultId, text }) => {
      const id = noteId(`00000000-0000-4000-8000-${String(notes.length).padStart(12, '0')}`);
      const note = { id, vaultId, text, writtenAtMs: unixMs(nowMs), editedAtMs: null };
      notes = [note, ...notes];
      return { note };
    },
    'note.edit': ({ noteId: id, text }) => {
      const note = { ...noteOf(id), text, editedAtMs: unixMs(nowMs) };
      notes = notes.map((each) => (each.id === id ? note : each));
      return { note };
    },
    'note.remove': ({ noteId: id }) => {
      const note = noteOf(id);
      notes = notes.filter((each) => each.id !== id);
      return { note };
    },
    'note.restore': ({ note }) => {
      notes = [note, ...notes];
      return {};
    },
    'export.start': () => ({ exportId: exportId('00000000-0000-4000-8000-000000000077') }),
    'export.cancel': none,
    'export.showInFolder': none,
    'export.loadPage': () => ({ columns: [], rows: [], next: null, total: 0 }),
    ...endpointAnswers(),
    'settings.exportFile': () => ({ fileName: 'keel-settings.json' }),
    'settings.previewImport': () => ({ preview: null }),
    'settings.applyImport': none,
    'practice.reset': none,
    'about.loadLicences': () => ({
      licences: [{ name: 'react', version: '19.3.1', licence: 'MIT', text: 'MIT License' }],
    }),
  };
}

function wave(fromMs: number, toMs: number, steps: number): readonly ChartPoint[] {
  const stepMs = Math.ceil((toMs - fromMs) / steps);
  return Array.from({ length: steps }, (_, index) => {
    const swing = Math.sin(index / 9) * 140 + Math.sin(index / 31) * 420 + index * 1.1;
    const equity = quoteAmount(BigInt(Math.round((18_000 + swing) * 1e6)));
    const healthBps = Math.round(8_600 + Math.sin(index / 17) * 900);
    return {
      fromMs: unixMs(fromMs + index * stepMs),
      untilMs: unixMs(fromMs + (index + 1) * stepMs - 1),
      equity,
      lowestEquity: quoteAmount(equity - 40_000_000n),
      highestEquity: quoteAmount(equity + 35_000_000n),
      freeCollateral: quoteAmount(equity / 2n),
      deployed: quoteAmount(equity / 3n),
      unrealizedPnl: quoteAmount(BigInt(Math.round(swing * 1e5))),
      healthBps,
      lowestHealthBps: healthBps - 60,
      cumulativeFunding: quoteAmount(BigInt(index) * 310_000n),
      unsettledFunding: quoteAmount(120_000n),
      holdingsChanged: index % 40 === 0,
      afterGap: index === Math.floor(steps / 3),
    };
  });
}

function rowOf({ operation }: OperationView): OperationRow {
  const { intent } = operation;
  const moves = intent.kind !== 'create-sub-account';
  return {
    id: operation.id,
    network: operation.network,
    vaultType: operation.vaultType,
    kind: intent.kind,
    vaultId: moves ? intent.vaultId : intent.vault.id,
    toVaultId: intent.kind === 'transfer' ? intent.toVaultId : null,
    symbol: moves ? intent.token.symbol : null,
    decimals: moves ? intent.token.decimals : null,
    amount: moves ? intent.amount : null,
    value: operation.value,
    state: operation.state,
    signature: operation.transaction?.signature ?? null,
    lastStep: operation.transitions.at(-1)?.cause ?? '',
    createdAtMs: operation.createdAtMs,
    endedAtMs: operation.endedAtMs,
  };
}

function entryOf({ operation }: OperationView, place: number): ActivityEntry {
  const { intent } = operation;
  return {
    id: activityId(place),
    atMs: operation.createdAtMs,
    kind: 'operation',
    tone: operation.state === 'verified' ? 'good' : 'info',
    actor: 'trader',
    title: `${intent.kind}: ${operation.state}`,
    text: operation.transitions.at(-1)?.cause ?? '',
    vaultId: intent.kind === 'create-sub-account' ? intent.vault.id : intent.vaultId,
    network: operation.network,
    operationId: operation.id,
    alertId: null,
  };
}
