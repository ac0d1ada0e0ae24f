import type { OnChainVault } from '#domain/engine-vault.ts';
import { address, networkId, vaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { err, type Result } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import { createDriftReader } from '#main/drift/index.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import { parseReadArguments, READ_USAGE, wantsJson, type ReadArguments } from './read-arguments.ts';
import { errorJson, errorText, snapshotJson, snapshotTable } from './read-output.ts';

/** What the command would print, and its exit status. */
export interface ReadOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: 0 | 1;
}

const USDC_MINT = address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v');

/** Reads one sub-account without a window: the same reader as the desk's, and no other state. */
export async function runRead(argv: readonly string[], clock: Clock): Promise<ReadOutcome> {
  if (argv.length === 0) return { stdout: '', stderr: READ_USAGE, status: 1 };
  const asJson = wantsJson(argv);
  const read = parseReadArguments(argv);
  if (!read.ok) return failure(read.error, asJson);
  const snapshot = await readSnapshot(read.value, clock);
  if (!snapshot.ok) return failure(snapshot.error, asJson);
  const print = asJson ? `${snapshotJson(read.value, snapshot.value)}\n` : null;
  return { stdout: print ?? snapshotTable(read.value, snapshot.value), stderr: '', status: 0 };
}

async function readSnapshot(
  read: ReadArguments,
  clock: Clock,
): Promise<Result<VaultSnapshot, KeelError>> {
  const network = networkOf(read);
  const vault = vaultOf(read, network);
  const reader = createDriftReader({
    network,
    clock,
    logger: SILENT,
    rpcTimeoutMs: read.timeoutMs,
    commitment: read.commitment,
  });
  const batch = await reader.read([vault], new Map());
  reader.close();
  if (!batch.ok) return batch;
  return batch.value.observations.get(vault.id) ?? err(unobserved());
}

function networkOf({ rpc, program, stateSeed }: ReadArguments): Network {
  return {
    id: networkId('command-line'),
    label: 'Command line',
    kind: 'live',
    deployment: { program, stateSeed, quoteMint: USDC_MINT, quoteSymbol: 'USDC' },
    endpoints: [{ label: new URL(rpc).host, httpUrl: rpc, webSocketUrl: '' }],
    genesisHash: null,
  };
}

function vaultOf(read: ReadArguments, network: Network): OnChainVault {
  return {
    id: vaultId('command-line'),
    vaultType: 'onChain',
    engine: 'command-line',
    name: 'command line',
    network: network.id,
    active: false,
    createdAtMs: unixMs(0),
    archivedAtMs: null,
    sortIndex: 0,
    program: read.program,
    authority: read.authority,
    subAccountId: read.subAccountId,
  };
}

function failure(error: KeelError, asJson: boolean): ReadOutcome {
  return asJson
    ? { stdout: `${errorJson(error)}\n`, stderr: '', status: 1 }
    : { stdout: '', stderr: errorText(error), status: 1 };
}

function unobserved(): KeelError {
  return keelError('INTERNAL', 'stop', 'The reader gave no answer.', 'Report it with the command.');
}

const nothing = (): void => undefined;
const SILENT: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
