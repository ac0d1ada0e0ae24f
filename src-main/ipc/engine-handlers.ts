import type { Address, NetworkId } from '#domain/ids.ts';
import { ok } from '#domain/result.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import type { Engine, Outcome } from '#main/engine/index.ts';
import type { EngineChannel, Handlers } from './handlers.ts';

export type ScanAuthority = (
  network: NetworkId,
  authority: Address,
) => Promise<Outcome<ResponseOf<'vault.scanAuthority'>>>;

/** Backups of the database (D6); a restore is not the engine's: it runs while the engine is down. */
export interface BackupDesk {
  list(): Outcome<ResponseOf<'backup.list'>> | Promise<Outcome<ResponseOf<'backup.list'>>>;
  /** An online backup, checked before it counts. */
  make(): Promise<Outcome<ResponseOf<'backup.make'>>>;
  previewRestore(
    name: string,
  ):
    | Outcome<ResponseOf<'backup.previewRestore'>>
    | Promise<Outcome<ResponseOf<'backup.previewRestore'>>>;
}

/** The engine's channels, each one call of the engine; runs in the engine process. */
export function createEngineHandlers(
  engine: Engine,
  scanAuthority: ScanAuthority,
  backups: BackupDesk,
): Handlers<EngineChannel> {
  return {
    'vault.createVirtual': (request) => engine.createVirtualVault(request),
    'vault.addOnChain': (request) => engine.addOnChainVault(request),
    'vault.scanAuthority': ({ network, authority }) => scanAuthority(network, authority),
    'vault.rename': ({ vaultId, name }) => done(engine.rename(vaultId, name)),
    'vault.setArchived': ({ vaultId, archived }) => done(engine.setArchived(vaultId, archived)),
    'vault.reorder': ({ order }) => done(engine.reorder(order)),
    'vault.activate': ({ vaultId }) => done(engine.activate(vaultId)),
    'vault.changePaper': async ({ vaultId, change }) =>
      done(await engine.changePaper(vaultId, change)),
    'vault.loadPaperEntries': ({ vaultId, limit }) => engine.loadPaperEntries(vaultId, limit),
    'vault.syncNow': ({ vaultId }) => engine.syncNow(vaultId),
    'vault.enableTrading': ({ vaultId }) => done(engine.enableTrading(vaultId)),
    'vault.haltTrading': ({ vaultId }) => done(engine.haltTrading(vaultId)),
    'vault.loadSyncRuns': ({ vaultId, limit, before }) =>
      engine.loadSyncRuns(vaultId, limit, before),
    'vault.loadHistory': ({ vaultId, fromMs, toMs }) => engine.loadHistory(vaultId, fromMs, toMs),
    'capital.loadFacts': ({ vaultId }) => engine.loadCapitalFacts(vaultId),
    'capital.loadAuthorityFacts': ({ network, authority }) =>
      engine.loadAuthorityFacts(network, authority),
    'capital.request': (request) => engine.requestCapital(request),
    'capital.cancel': ({ operationId }) => done(engine.cancelOperation(operationId)),
    'capital.loadOperations': ({ vaultId, limit, before }) =>
      engine.loadOperations(vaultId, limit, before),
    'chart.loadVault': ({ vaultId, ...span }) => engine.loadVaultChart(vaultId, span),
    'chart.loadTotals': (span) => engine.loadTotalsChart(span),
    'operation.query': (query) => engine.queryOperations(query),
    'operation.load': ({ operationId }) => engine.loadOperation(operationId),
    'activity.load': (query) => engine.loadActivity(query),
    'note.load': ({ vaultId }) => engine.loadNotes(vaultId),
    'note.add': ({ vaultId, text }) => engine.addNote(vaultId, text),
    'note.edit': ({ noteId, text }) => engine.editNote(noteId, text),
    'note.remove': ({ noteId }) => engine.removeNote(noteId),
    'note.restore': ({ note }) => done(engine.restoreNote(note)),
    'export.loadPage': ({ request, cursor }) => engine.loadExportPage(request, cursor),
    'alert.load': ({ limit, before }) => engine.loadAlerts(limit, before),
    'alert.acknowledge': ({ alertId }) => done(engine.acknowledgeAlert(alertId)),
    'alert.acknowledgeAll': () => engine.acknowledgeAllAlerts(),
    'trading.haltEngine': ({ source }) => engine.haltAll(source),
    'trading.liftHaltAll': () => done(engine.liftHaltAll()),
    'backup.list': () => backups.list(),
    'backup.make': () => backups.make(),
    'backup.previewRestore': ({ name }) => backups.previewRestore(name),
  };
}

/** An act without a figure of its own: the window hears what changed by events. */
function done(outcome: Outcome<unknown>): Outcome {
  return outcome.ok ? ok({}) : outcome;
}
