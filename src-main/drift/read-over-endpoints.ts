import type { ErrorCode, KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock, ReadBatch } from '#main/engine/ports.ts';
import { readerFault } from './failures.ts';
import type { EndpointPool } from './rpc/endpoint-pool.ts';
import type { EndpointSession } from './rpc/endpoint-session.ts';

/** Reads at one endpoint; `onCalls` is told how many calls it sends, before their answers are there. */
export type ReadAt = (
  session: EndpointSession,
  onCalls: (count: number) => void,
) => Promise<Result<ReadBatch, KeelError>>;

/** What one endpoint came to. */
export interface Answer {
  /** Null: the network has none. */
  readonly session: EndpointSession | null;
  readonly result: Result<ReadBatch, KeelError>;
  /** Null: the read can be used. A batch of which nothing can be used, for the node is behind, is a failure too. */
  readonly failure: KeelError | null;
  readonly rpcCalls: number;
  readonly latencyMs: number;
}

export interface AnswersOver {
  readonly first: Answer;
  /** Of another endpoint, asked because the first one failed; null: none was asked. */
  readonly second: Answer | null;
}

/** Faults of the line or of one node: another node need not have them. A node that stands still is left by the pool. */
const NEED_NOT_BE_ANOTHERS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RPC_TIMEOUT',
  'RPC_UNREACHABLE',
  'RPC_TRUNCATED_REPLY',
  'RPC_MALFORMED_REPLY',
  'RPC_RATE_LIMITED',
  'RPC_SERVER_ERROR',
  'NODE_BEHIND',
]);

/**
 * One read within one attempt (S4): at the endpoint in use, and where that fails by a fault of its own, at once at one
 * other endpoint that is well enough. No endpoint is asked twice. Which endpoint is in use stays the pool's choice.
 * Never rejects.
 */
export async function readOverEndpoints(
  pool: EndpointPool,
  clock: Clock,
  readAt: ReadAt,
): Promise<AnswersOver> {
  const first = await askOne(pool, clock, readAt, null);
  const { session, failure } = first;
  const needNotBe = failure !== null && NEED_NOT_BE_ANOTHERS.has(failure.code);
  const other = session !== null && needNotBe ? pool.standInFor(session) : null;
  return { first, second: other === null ? null : await askOne(pool, clock, readAt, other) };
}

/** What the attempt came to: the answer that can be used, else the first failure with a word on the second. */
export function resultOver({ first, second }: AnswersOver): Result<ReadBatch, KeelError> {
  const { result } = second?.failure === null ? second : first;
  if (result.ok) {
    return ok({ ...result.value, rpcCalls: first.rpcCalls + (second?.rpcCalls ?? 0) });
  }
  const { error } = result;
  if (second === null || second.failure === null) return err(error);
  return err({ ...error, message: `${error.message} Asked as well: ${second.failure.message}` });
}

async function askOne(
  pool: EndpointPool,
  clock: Clock,
  readAt: ReadAt,
  other: EndpointSession | null,
): Promise<Answer> {
  const startedMs = clock.monotonicMs();
  const asked: { session: EndpointSession | null } = { session: null };
  let rpcCalls = 0;
  const answer = (result: Result<ReadBatch, KeelError>, failure: KeelError | null): Answer => ({
    session: asked.session,
    result,
    failure,
    rpcCalls,
    latencyMs: Math.round(clock.monotonicMs() - startedMs),
  });
  const choose = (): EndpointSession | null => (asked.session = other ?? pool.current);
  const found = await pool.inCluster(choose).catch(readerFault);
  if (!found.ok) {
    if (asked.session !== null) rpcCalls += 1;
    return answer(found, found.error);
  }
  const { session } = found.value;
  asked.session = session;
  rpcCalls += found.value.rpcCalls;
  const result = await readAt(session, (count) => (rpcCalls += count)).catch(readerFault);
  if (!result.ok) session.forgetCluster();
  const behind = result.ok ? allBehind(result.value) : null;
  // What another one was behind is measured by its probes: it is not read often enough to be judged by this.
  if (other === null) pool.noteReadBehind(session, behind !== null);
  return answer(result, result.ok ? behind : result.error);
}

/** The error where nothing could be read because the node was behind everything that Keel had seen. */
function allBehind({ observations }: ReadBatch): KeelError | null {
  let behind: KeelError | null = null;
  for (const observation of observations.values()) {
    if (observation.ok) return null;
    if (observation.error.code === 'NODE_BEHIND') behind = observation.error;
  }
  return behind;
}
