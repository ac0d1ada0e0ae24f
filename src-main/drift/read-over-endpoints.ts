import type { ErrorCode, KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock, ReadBatch, Unsubscribe } from '#main/engine/ports.ts';
import { readerFault } from './failures.ts';
import type { EndpointPool } from './rpc/endpoint-pool.ts';
import type { EndpointSession } from './rpc/endpoint-session.ts';

/** Reads at one endpoint; `onCalls` is told how many calls it sends, before their answers are there. */
type ReadAt = (
  session: EndpointSession,
  onCalls: (count: number) => void,
) => Promise<Result<ReadBatch, KeelError>>;

/** One try at one endpoint. */
interface Try {
  /** Null: the network has none. */
  session: EndpointSession | null;
  rpcCalls: number;
  readonly startedMs: number;
}

/** What one try came to. */
interface Answer {
  readonly session: EndpointSession | null;
  readonly result: Result<ReadBatch, KeelError>;
  /** Null: the read can be used. A batch of which nothing can be used, for the node is behind, is a failure too. */
  readonly failure: KeelError | null;
  readonly latencyMs: number;
}

export interface AnswersOver {
  /** In the order in which they came; the last one may be good, those before it are failures. Never empty. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** Those of a try that was given up for another's answer are counted as well. */
  readonly rpcCalls: number;
}

/** Tries of one attempt, where there is more than one endpoint. */
const MAX_TRIES = 3;

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
 * One read within one attempt (S4): at the endpoint in use, and where that fails by a fault of its own, at once at
 * another endpoint that is well enough; then at the first once more, if it may be asked. Where the first is silent for
 * half of its time, the other is asked beside it. One that wants a pause is left alone, and a network with one endpoint is
 * asked once. Which endpoint is in use stays the pool's choice. Never rejects.
 */
export async function readOverEndpoints(
  pool: EndpointPool,
  { clock, rpcTimeoutMs }: { readonly clock: Clock; readonly rpcTimeoutMs: number },
  readAt: ReadAt,
): Promise<AnswersOver> {
  const tries: Try[] = [];
  const open = new Set<Promise<Answer>>();
  const answers: Answer[] = [];
  const begin = (other: EndpointSession | null): void => {
    const one: Try = { session: other, rpcCalls: 0, startedMs: clock.monotonicMs() };
    tries.push(one);
    const answer = askOne(one, { pool, clock, readAt, other });
    open.add(answer);
    void answer.then(() => open.delete(answer));
  };
  const another = (): boolean => {
    const last = tries.at(-1)?.session ?? null;
    const other =
      last !== null && tries.length < MAX_TRIES && open.size < 2 ? pool.standInFor(last) : null;
    if (other !== null) begin(other);
    return other !== null;
  };
  begin(null);
  let patienceMs: number | null = Math.floor(rpcTimeoutMs / 2);
  for (;;) {
    const answer = await firstOf(open, clock, patienceMs);
    patienceMs = null;
    if (answer === null) {
      another();
      continue;
    }
    answers.push(answer);
    const { failure } = answer;
    const isEnd = failure === null || !NEED_NOT_BE_ANOTHERS.has(failure.code);
    if (isEnd || (open.size === 0 && !another())) break;
  }
  const rpcCalls = tries.reduce((sum, each) => sum + each.rpcCalls, 0);
  return { answers: answers as [Answer, ...Answer[]], rpcCalls };
}

/** What the attempt came to: the answer that can be used, else the first failure with a word on the others. */
export function resultOver({ answers, rpcCalls }: AnswersOver): Result<ReadBatch, KeelError> {
  const [first, ...others] = answers;
  const good = answers.find(({ failure }) => failure === null);
  const { result } = good ?? first;
  if (result.ok) return ok({ ...result.value, rpcCalls });
  const more = others.flatMap(({ failure }) => failure ?? []).map(({ message }) => message);
  const { error } = result;
  const words = more.length === 0 ? '' : ` Asked as well: ${more.join(' ')}`;
  return err({ ...error, message: `${error.message}${words}` });
}

/** Null: none within the time. @param withinMs null: for as long as it takes */
async function firstOf(
  open: ReadonlySet<Promise<Answer>>,
  clock: Clock,
  withinMs: number | null,
): Promise<Answer | null> {
  if (withinMs === null) return await Promise.race(open);
  let cancel: Unsubscribe = () => undefined;
  const passed = new Promise<null>((resolve) => {
    cancel = clock.schedule(withinMs, () => resolve(null));
  });
  const answer = await Promise.race([...open, passed]);
  cancel();
  return answer;
}

interface Asking {
  readonly pool: EndpointPool;
  readonly clock: Clock;
  readonly readAt: ReadAt;
  /** Null: the one in use. */
  readonly other: EndpointSession | null;
}

async function askOne(one: Try, { pool, clock, readAt, other }: Asking): Promise<Answer> {
  const answer = (result: Result<ReadBatch, KeelError>, failure: KeelError | null): Answer => ({
    session: one.session,
    result,
    failure,
    latencyMs: Math.round(clock.monotonicMs() - one.startedMs),
  });
  const choose = (): EndpointSession | null => (one.session = other ?? pool.current);
  const found = await pool.inCluster(choose).catch(readerFault);
  if (!found.ok) {
    if (one.session !== null) one.rpcCalls += 1;
    return answer(found, found.error);
  }
  const { session } = found.value;
  one.session = session;
  one.rpcCalls += found.value.rpcCalls;
  const result = await readAt(session, (count) => (one.rpcCalls += count)).catch(readerFault);
  if (!result.ok) session.noteFailure(result.error);
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
