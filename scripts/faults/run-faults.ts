import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { seededRandom } from '#main/practice/faults/random.ts';
import { judge, type Verdict } from './judge.ts';
import { isAlive, pause, toldOf, type KeelUnderFire, type KnownVault } from './keel-under-fire.ts';
import { readLandedOperations } from './ledger.ts';
import { planKills, type PlannedKill } from './schedule.ts';

export interface FaultRun extends Verdict {
  readonly kills: number;
  readonly operations: number;
  /** Operations by the state in which they ended. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Kills by the point at which the engine died; from outside: `random`, and `recovery` right after another. */
  readonly perPoint: Readonly<Record<string, number>>;
  /** Kills by chance that found at least one operation open. */
  readonly randomKillsInOperation: number;
  /** Points that were set and not reached in time; the engine was killed from outside instead. */
  readonly missed: Readonly<Record<string, number>>;
}

export interface FaultRunOptions {
  readonly kills: number;
  readonly seed: number;
  readonly rpcUrl: string;
  readonly authority: string;
  readonly program: string;
  say(line: string): void;
}

const RESTART_LIMIT_MS = 60_000;
const POINT_LIMIT_MS = 12_000;
/** An expiry takes 150 blocks and their finality, and a resend before it 30 s. */
const SLOW_POINT_LIMIT_MS = 150_000;
const END_LIMIT_MS = 240_000;
const ASK_AGAIN_MS = 1_500;
/** Of the kills that are followed by another one while the engine takes its operations up again. */
const RECOVERY_SHARE = 0.5;
const LONGEST_RECOVERY_MS = 2_500;
const USDC = 0;
const SOL = 1;
/** All below the value from which the signer's window would ask. */
const MOST_USDC = 60_000_000;
const MOST_LAMPORTS = 300_000_000;

/** Kills the engine as often as asked, follows every operation to its end, and lets the chain judge. */
export async function runFaults(keel: KeelUnderFire, options: FaultRunOptions): Promise<FaultRun> {
  const run = new Run(keel, options);
  await run.kill();
  return run.verdict();
}

class Run {
  readonly #keel: KeelUnderFire;
  readonly #options: FaultRunOptions;
  readonly #admin: PracticeAdmin;
  readonly #random: () => number;
  readonly #acknowledged = new Set<string>();
  readonly #perPoint: Record<string, number> = {};
  readonly #missed: Record<string, number> = {};
  readonly #randomKillsAtMs: number[] = [];
  #kills = 0;

  constructor(keel: KeelUnderFire, options: FaultRunOptions) {
    this.#keel = keel;
    this.#options = options;
    this.#admin = createAdminClient(options.rpcUrl);
    this.#random = seededRandom(options.seed ^ 0x5eed);
  }

  async kill(): Promise<void> {
    const { kills, seed, say } = this.#options;
    for (const planned of planKills(seed)) {
      if (this.#kills >= kills) return;
      const pid = await this.#keel.engineAnswers(RESTART_LIMIT_MS);
      await this.#killOnce(planned, pid);
      if (this.#random() < RECOVERY_SHARE) await this.#killRecovery(pid);
      if (this.#kills % 10 === 0)
        say(`${this.#kills} kills, ${this.#acknowledged.size} operations`);
    }
  }

  async verdict(): Promise<FaultRun> {
    const { rpcUrl, authority, program } = this.#options;
    await this.#admin.setFaults({});
    await this.#keel.engineAnswers(RESTART_LIMIT_MS);
    await this.#allEnded();
    const vaults = await this.#keel.vaults();
    const operations = (await this.#keel.operations()) ?? [];
    const told = operations.map((each) => toldOf(each, vaults));
    const landed = await readLandedOperations(rpcUrl, authority, program);
    const outcomes: Record<string, number> = {};
    for (const { state } of told) count(outcomes, state);
    return {
      kills: this.#kills,
      operations: told.length,
      outcomes,
      ...judge(told, landed, this.#acknowledged),
      perPoint: this.#perPoint,
      randomKillsInOperation: this.#randomKillsAtMs.filter((atMs) =>
        operations.some(
          ({ createdAtMs, endedAtMs }) =>
            createdAtMs <= atMs && (endedAtMs === null || endedAtMs >= atMs),
        ),
      ).length,
      missed: this.#missed,
    };
  }

  async #killOnce(planned: PlannedKill, pid: number): Promise<void> {
    const { point } = planned;
    if (point !== null) this.#keel.setCrashPoint(point);
    await this.#admin.setFaults(planned.faults);
    const requests = this.#requestSome(planned);
    if (point === null) {
      await pause(planned.delayMs);
      this.#endByChance(pid, 'random');
    } else {
      const reached = await this.#reaches(planned, point, pid);
      this.#keel.clearCrashPoint();
      count(reached ? this.#perPoint : this.#missed, point);
      if (reached) this.#kills += 1;
      else this.#endByChance(pid, 'random');
    }
    await requests;
    // Often the recovery has to live with the network as it was.
    if (this.#random() < 0.6) await this.#admin.setFaults({});
  }

  /** The engine that takes over dies as well, sooner or later in its start. */
  async #killRecovery(before: number): Promise<void> {
    const until = Date.now() + RESTART_LIMIT_MS;
    let pid = await this.#keel.enginePid();
    while (pid === null || pid === before) {
      if (Date.now() > until) throw new Error('The engine was not started again.');
      await pause(50);
      pid = await this.#keel.enginePid();
    }
    await pause(this.#random() * LONGEST_RECOVERY_MS);
    this.#endByChance(pid, 'recovery');
  }

  /** Asks again and again: what the network refused, and vaults that had an operation open, may lead there yet. */
  async #reaches(planned: PlannedKill, point: string, pid: number): Promise<boolean> {
    const until =
      Date.now() + (/unresolved|expired/.test(point) ? SLOW_POINT_LIMIT_MS : POINT_LIMIT_MS);
    while (Date.now() < until) {
      if (await this.#keel.ended(pid, ASK_AGAIN_MS)) return true;
      await this.#requestSome(planned).catch(() => undefined);
    }
    return false;
  }

  #endByChance(pid: number, name: 'random' | 'recovery'): void {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    this.#randomKillsAtMs.push(Date.now());
    this.#kills += 1;
    count(this.#perPoint, name);
  }

  /** One request for each vault; those with an open operation refuse, which is theirs to do. */
  async #requestSome({ creates, cancels }: PlannedKill): Promise<void> {
    const vaults = await this.#keel.vaults();
    const requests = vaults.map((vault) => this.#moveOf(vault, vaults));
    if (creates) requests.push(this.#createIn(vaults));
    await Promise.all(
      requests.map(async (request) => {
        const answer = await this.#keel.request(request);
        if (!('id' in answer)) return;
        this.#acknowledged.add(answer.id);
        if (cancels) await this.#keel.cancel(answer.id);
      }),
    );
  }

  #moveOf(vault: KnownVault, vaults: readonly KnownVault[]): object {
    const marketIndex = this.#random() < 0.6 ? USDC : SOL;
    const most = marketIndex === USDC ? MOST_USDC : MOST_LAMPORTS;
    const amount = String(1 + Math.floor(this.#random() * most));
    const move = { vaultId: vault.id, marketIndex, amount };
    const kind = this.#random();
    const other = vaults[Math.floor(this.#random() * vaults.length)];
    if (kind < 0.5) return { kind: 'deposit', ...move };
    if (kind < 0.8 || other === undefined || other.id === vault.id) {
      return { kind: 'withdraw', ...move };
    }
    return { kind: 'transfer', ...move, toVaultId: other.id };
  }

  #createIn(vaults: readonly KnownVault[]): object {
    return {
      kind: 'create-sub-account',
      network: 'practice',
      authority: this.#options.authority,
      engine: 'faults',
      name: `Account ${vaults.length + 1}`,
    };
  }

  async #allEnded(): Promise<void> {
    const until = Date.now() + END_LIMIT_MS;
    const final = new Set(['verified', 'denied', 'rejected', 'expired', 'discrepant']);
    while (Date.now() < until) {
      const operations = await this.#keel.operations();
      if (operations?.every(({ state }) => final.has(state)) === true) return;
      await pause(500);
    }
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
