/** The real app as the fault run uses it: operations by the window's own bridge, kills from outside. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PublicKey } from '@solana/web3.js';
import { DRIFT_V2, userAddress } from '#main/drift/codec/addresses.ts';
import type { CrashPoint } from '#main/engine/capital/crash-points.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import type { LaunchedKeel } from '#test/support/electron-app.ts';
import type { ToldOperation } from './judge.ts';
import type { MoveKind } from './ledger.ts';

const ENGINE = 'Keel engine';
const POLL_MS = 50;
const PAGE = 500;

interface Answer<Value> {
  readonly ok: boolean;
  readonly value: Value;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface KnownVault {
  readonly id: string;
  readonly name: string;
  readonly authority: string;
  readonly subAccountId: number;
}

interface OperationOnWire {
  readonly id: string;
  readonly state: string;
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
  readonly intent: {
    readonly kind: MoveKind;
    readonly vaultId?: string;
    readonly toVaultId?: string;
    readonly amount?: string;
    readonly token?: { readonly marketIndex: number };
    readonly vault?: { readonly authority: string; readonly subAccountId: number };
  };
}

export class KeelUnderFire {
  readonly desk: DeskDriver;
  readonly #keel: LaunchedKeel;
  readonly #crashFile: string;

  /** @param folder holds the file that names the crash point; the app was started with it in KEEL_CRASH_FILE */
  constructor(keel: LaunchedKeel, folder: string) {
    this.#keel = keel;
    this.desk = driveDesk(keel.page);
    this.#crashFile = crashFileIn(folder);
  }

  /** Null while the engine is being started again. */
  async enginePid(): Promise<number | null> {
    const pid = await this.#keel.app.evaluate(
      ({ app }, name) =>
        app
          .getAppMetrics()
          .find(({ name: shown, serviceName }) => [shown, serviceName].includes(name))?.pid ?? null,
      ENGINE,
    );
    return pid !== null && isAlive(pid) ? pid : null;
  }

  setCrashPoint(point: CrashPoint): void {
    writeFileSync(this.#crashFile, JSON.stringify({ point }));
  }

  clearCrashPoint(): void {
    rmSync(this.#crashFile, { force: true });
  }

  /** Until the engine answers; the pid that answers. */
  async engineAnswers(limitMs: number): Promise<number> {
    const until = Date.now() + limitMs;
    while (Date.now() < until) {
      const pid = await this.enginePid();
      if (pid !== null && (await this.operations(1)) !== null) return pid;
      await pause(POLL_MS * 2);
    }
    throw new Error(`The engine did not answer within ${limitMs} ms.`);
  }

  /** True when the process ended within the limit. */
  async ended(pid: number, limitMs: number): Promise<boolean> {
    const until = Date.now() + limitMs;
    while (isAlive(pid)) {
      if (Date.now() > until) return false;
      await pause(POLL_MS);
    }
    return true;
  }

  async vaults(): Promise<readonly KnownVault[]> {
    const answer = (await this.desk.invoke('desk.load', {})) as Answer<{
      readonly views: readonly { readonly vault: KnownVault & { readonly vaultType: string } }[];
    }>;
    if (!answer.ok) throw new Error(`desk.load: ${answer.error?.message}`);
    return answer.value.views
      .map(({ vault }) => vault)
      .filter(({ vaultType }) => vaultType === 'onChain');
  }

  /** Null while the desk does not answer. */
  async signerStatus(): Promise<string | null> {
    const answer = (await this.desk.invoke('desk.load', {})) as Answer<{
      readonly signer: { readonly status: string };
    }>;
    return answer.ok ? answer.value.signer.status : null;
  }

  /** The operation's id; a code where Keel refused it, or did not live to answer. */
  async request(request: object): Promise<{ readonly id: string } | { readonly refused: string }> {
    const answer = (await this.desk.invoke('capital.request', request)) as Answer<{
      readonly operationId: string;
    }>;
    return answer.ok
      ? { id: answer.value.operationId }
      : { refused: `${answer.error?.code}: ${answer.error?.message}` };
  }

  async cancel(operationId: string): Promise<void> {
    await this.desk.invoke('capital.cancel', { operationId });
  }

  /** Null while the engine does not answer. */
  async operations(limit = PAGE): Promise<readonly OperationOnWire[] | null> {
    const all: OperationOnWire[] = [];
    for (;;) {
      const answer = (await this.desk.invoke('capital.loadOperations', {
        vaultId: null,
        limit,
        before: all.at(-1)?.id ?? null,
      })) as Answer<{ readonly operations: readonly { readonly operation: OperationOnWire }[] }>;
      if (!answer.ok) return null;
      const page = answer.value.operations.map(({ operation }) => operation);
      all.push(...page);
      if (page.length < limit || limit < PAGE) return all;
    }
  }
}

export function crashFileIn(folder: string): string {
  return join(folder, 'crash-point.json');
}

/** With the addresses that the chain knows the vaults by. */
export function toldOf(operation: OperationOnWire, vaults: readonly KnownVault[]): ToldOperation {
  const { id, state, intent } = operation;
  const opened = intent.vault;
  const users =
    opened === undefined
      ? [intent.vaultId, intent.toVaultId].flatMap((vaultId) => {
          const vault = vaults.find((each) => each.id === vaultId);
          return vault === undefined ? [] : [userOf(vault)];
        })
      : [userOf(opened)];
  return {
    id,
    state,
    kind: intent.kind,
    amount: intent.amount === undefined ? null : BigInt(intent.amount),
    marketIndex: intent.token?.marketIndex ?? null,
    users,
  };
}

function userOf({
  authority,
  subAccountId,
}: Pick<KnownVault, 'authority' | 'subAccountId'>): string {
  return userAddress(DRIFT_V2, new PublicKey(authority), subAccountId).toBase58();
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
