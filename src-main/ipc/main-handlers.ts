import type { ExportId, ExportRequest } from '#domain/data-export.ts';
import type { EndpointEdit, EndpointTest, EndpointView } from '#domain/endpoint-view.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { SettingsImportPreview } from '#domain/settings-import.ts';
import type { HaltSource } from '#domain/halt-all.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { SignerAnswer, SignerRequest } from '#domain/signer-protocol.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Desk, RequestOf, ResponseOf } from '#ipc/contract.ts';
import type { Handlers, MainChannel } from './handlers.ts';

type Answered<Value> = Promise<Result<Value, KeelError>>;

/** Files with the desk's data, where the trader wants them. */
export interface ExportServices {
  /** Asks for the file; null: the trader chose none. */
  start(request: ExportRequest): Answered<ExportId | null>;
  cancel(id: ExportId): Answered<null>;
  showInFolder(id: ExportId): Answered<null>;
}

/** The RPC endpoints of live networks: an address goes in and never comes back out. */
export interface EndpointServices {
  load(network: NetworkId): Answered<readonly EndpointView[]>;
  test(network: NetworkId, endpoint: EndpointEdit): Answered<EndpointTest>;
  save(network: NetworkId, endpoints: readonly EndpointEdit[]): Answered<readonly EndpointView[]>;
}

/** The settings without networks, as a file (D6). */
export interface SettingsFileServices {
  /** Answers with the file's name; null: the trader chose none. */
  exportFile(): Answered<string | null>;
  previewImport(): Answered<SettingsImportPreview | null>;
  applyImport(token: string): Answered<null>;
}

/** What the main process itself answers from. */
export interface MainServices {
  /** The whole desk; waits for the engine's first word. */
  loadDesk(): Answered<Desk>;
  updateSettings(next: VisibleSettings): Answered<VisibleSettings>;
  readonly practice: {
    load(): Answered<ResponseOf<'practice.load'>>;
    setFaults(faults: RequestOf<'practice.setFaults'>): Answered<void>;
    setExchangeStatus(status: RequestOf<'practice.setExchangeStatus'>): Answered<void>;
    setMarket(change: RequestOf<'practice.setMarket'>): Answered<void>;
    setHealth(wanted: RequestOf<'practice.setHealth'>): Answered<ResponseOf<'practice.setHealth'>>;
    /** Answers with the transaction's signature. */
    tradeAsOther(trade: RequestOf<'practice.tradeAsOther'>): Answered<string>;
    /** Answers with the transaction's signature. */
    depositAsOther(deposit: RequestOf<'practice.depositAsOther'>): Answered<string>;
  };
  readonly signer: {
    /** Opens the signer's own window; refused while it asks something else. */
    openWindow(task: SignerTask): Answered<null>;
    lock(): void;
    ask(request: SignerRequest): Promise<SignerAnswer>;
  };
  openExplorer(request: RequestOf<'shell.openExplorer'>): Answered<null>;
  haltAll(source: HaltSource): Answered<ResponseOf<'trading.haltAll'>>;
  /** Shows one notification whatever the quiet hours say; tells whether this desktop shows any. */
  testNotification(): Promise<ResponseOf<'shell.testNotification'>>;
  /** Puts the diagnostics on the clipboard, and answers with them. */
  copyDiagnostics(): Promise<string>;
  /** Into the log; never fails. */
  reportRendererFault(fault: RequestOf<'shell.reportRendererFault'>): void;
  readonly exports: ExportServices;
  readonly endpoints: EndpointServices;
  readonly settingsFiles: SettingsFileServices;
  resetPractice(): Answered<null>;
  loadLicences(): Answered<ResponseOf<'about.loadLicences'>>;
  /** Answers with where the database in use was put aside. */
  restoreBackup(name: string): Answered<ResponseOf<'backup.restore'>>;
}

export function createMainHandlers(services: MainServices): Handlers<MainChannel> {
  const { practice, signer } = services;
  return {
    'desk.load': () => services.loadDesk(),
    'settings.update': (next) => services.updateSettings(next),
    'signer.openWindow': async ({ task }) => done(await signer.openWindow(task)),
    'signer.lock': () => {
      signer.lock();
      return ok({});
    },
    'signer.renameKey': async ({ publicKey, name }) =>
      done(await signer.ask({ kind: 'rename', publicKey, name })),
    'signer.addWatchOnly': async ({ publicKey, name, networkKind }) =>
      done(await signer.ask({ kind: 'add-watch-only', publicKey, name, networkKind })),
    'signer.removeWatchOnly': async ({ publicKey }) =>
      done(await signer.ask({ kind: 'remove-watch-only', publicKey })),
    'shell.openExplorer': async (request) => done(await services.openExplorer(request)),
    'trading.haltAll': ({ source }) => services.haltAll(source),
    'shell.testNotification': async () => ok(await services.testNotification()),
    'shell.copyDiagnostics': async () => ok({ text: await services.copyDiagnostics() }),
    'shell.reportRendererFault': (fault) => {
      services.reportRendererFault(fault);
      return ok({});
    },
    'backup.restore': ({ name }) => services.restoreBackup(name),
    'export.start': async (request) => named('exportId', await services.exports.start(request)),
    'export.cancel': async ({ exportId }) => done(await services.exports.cancel(exportId)),
    'export.showInFolder': async ({ exportId }) =>
      done(await services.exports.showInFolder(exportId)),
    'network.loadEndpoints': async ({ network }) =>
      named('endpoints', await services.endpoints.load(network)),
    'network.testEndpoint': async ({ network, endpoint }) =>
      named('test', await services.endpoints.test(network, endpoint)),
    'network.saveEndpoints': async ({ network, endpoints }) =>
      named('endpoints', await services.endpoints.save(network, endpoints)),
    'settings.exportFile': async () => named('fileName', await services.settingsFiles.exportFile()),
    'settings.previewImport': async () =>
      named('preview', await services.settingsFiles.previewImport()),
    'settings.applyImport': async ({ token }) =>
      done(await services.settingsFiles.applyImport(token)),
    'practice.reset': async () => done(await services.resetPractice()),
    'about.loadLicences': () => services.loadLicences(),
    'practice.load': () => practice.load(),
    'practice.setFaults': async (faults) => done(await practice.setFaults(faults)),
    'practice.setExchangeStatus': async (status) => done(await practice.setExchangeStatus(status)),
    'practice.setMarket': async (change) => done(await practice.setMarket(change)),
    'practice.setHealth': (wanted) => practice.setHealth(wanted),
    'practice.tradeAsOther': async (trade) => signed(await practice.tradeAsOther(trade)),
    'practice.depositAsOther': async (deposit) => signed(await practice.depositAsOther(deposit)),
  };
}

/** The answer as the one field of the response. */
function named<Name extends string, Value>(
  name: Name,
  answer: Result<Value, KeelError>,
): Result<{ readonly [Each in Name]: Value }, KeelError> {
  return answer.ok ? ok({ [name]: answer.value } as { readonly [Each in Name]: Value }) : answer;
}

function signed(
  signature: Result<string, KeelError>,
): Result<{ readonly signature: string }, KeelError> {
  return signature.ok ? ok({ signature: signature.value }) : signature;
}

/** An act without a figure of its own. */
function done(outcome: Result<unknown, KeelError>): Result<Record<never, never>, KeelError> {
  return outcome.ok ? ok({}) : outcome;
}
