import { z } from 'zod';
import { withoutTokens } from '#domain/endpoint-secrets.ts';
import type { RpcEndpoint } from '#domain/network.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import {
  httpFailure,
  malformed,
  rpcFailure,
  timedOut,
  truncated,
  unreachable,
} from './rpc-failures.ts';

/** A hundred accounts of the largest kind are 0.6 MB in base64: ten times that is no honest reply. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** One finished call, for counting and for the log. */
export interface RpcCall {
  readonly method: string;
  readonly durationMs: number;
  readonly ok: boolean;
}

/** One call that was sent, as the endpoint's meter and budget want to know it. */
export interface EndedCall {
  /** Monotonic. */
  readonly startedMs: number;
  /** Until the reply was there, without the work on it. */
  readonly durationMs: number;
  /** Null: it succeeded. */
  readonly error: KeelError | null;
}

/** Stands before every call of an endpoint. */
export interface CallGuard {
  /** Resolves when the call may be sent; an error keeps it from being sent. */
  admit(method: string): Promise<Result<null, KeelError>>;
  ended(call: EndedCall): void;
}

/**
 * Asked when the endpoint's budget has admitted the call, right before the request is written: an error keeps it from
 * being sent, and is no fault of the endpoint. Null: it may be sent.
 */
export type HoldBack = () => KeelError | null;

export interface JsonRpcOptions {
  readonly clock: Clock;
  /** How long one call may take, from its sending; asked anew each time. */
  readonly timeoutMs: () => number;
  readonly guard: CallGuard;
  readonly onCall?: (call: RpcCall) => void;
}

const replySchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.number(), z.string(), z.null()]),
  result: z.unknown().optional(),
  error: z.object({ code: z.number().int(), message: z.string() }).optional(),
});

/**
 * One call of a node over HTTP with keep-alive. Never rejects: every way to fail is a code of its own.
 * A reply counts only when it is whole, of the asked id and of the given schema.
 */
export class JsonRpcClient {
  readonly #endpoint: RpcEndpoint;
  readonly #options: JsonRpcOptions;
  #nextId = 1;
  #parsed: Promise<unknown> = Promise.resolve();

  constructor(endpoint: RpcEndpoint, options: JsonRpcOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  async call<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
    holdBack: HoldBack = () => null,
  ): Promise<Result<z.output<Schema>, KeelError>> {
    const { clock, guard, onCall } = this.#options;
    const admitted = await guard.admit(method);
    if (!admitted.ok) return admitted;
    const held = holdBack();
    if (held !== null) return err(held);
    const startedMs = clock.monotonicMs();
    const result = await this.#exchange(method, params, schema, (durationMs, error) =>
      guard.ended({ startedMs, durationMs, error }),
    );
    onCall?.({ method, durationMs: clock.monotonicMs() - startedMs, ok: result.ok });
    return result;
  }

  async #exchange<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
    onEnded: (durationMs: number, error: KeelError | null) => void,
  ): Promise<Result<z.output<Schema>, KeelError>> {
    const { clock, timeoutMs } = this.#options;
    const id = this.#nextId++;
    const abort = new AbortController();
    const withinMs = timeoutMs();
    const startedMs = clock.monotonicMs();
    const cancel = clock.schedule(withinMs, () => abort.abort());
    const request = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    const body = await this.#post(method, request, { signal: abort.signal, withinMs });
    cancel();
    const durationMs = clock.monotonicMs() - startedMs;
    const result = body.ok
      ? await this.#inTurn(() => this.#parse(method, id, body.value, schema))
      : body;
    onEnded(durationMs, result.ok ? null : result.error);
    return result;
  }

  /** Large replies arrive together: parsed one per turn, they do not hold the event loop in one piece. */
  #inTurn<Value>(parse: () => Value): Promise<Value> {
    const value = this.#parsed.then(parse);
    this.#parsed = value.then(() => this.#options.clock.yieldToLoop());
    return value;
  }

  async #post(
    method: string,
    body: string,
    { signal, withinMs }: { readonly signal: AbortSignal; readonly withinMs: number },
  ): Promise<Result<string, KeelError>> {
    const { label, httpUrl } = this.#endpoint;
    let headersArrived = false;
    try {
      const response = await fetch(httpUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual',
        signal,
      });
      headersArrived = true;
      if (response.status !== 200) {
        await response.body?.cancel();
        return err(
          httpFailure(label, method, response.status, response.headers.get('retry-after')),
        );
      }
      const text = await readText(response);
      return text === null
        ? err(malformed(label, method, `it is longer than ${MAX_BODY_BYTES} bytes`))
        : ok(text);
    } catch (cause) {
      if (signal.aborted) return err(timedOut(label, method, withinMs));
      if (headersArrived) return err(truncated(label, method));
      return err(unreachable(label, method, reasonOf(cause)));
    }
  }

  #parse<Schema extends z.ZodType>(
    method: string,
    id: number,
    body: string,
    schema: Schema,
  ): Result<z.output<Schema>, KeelError> {
    const { label } = this.#endpoint;
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      const cutOff = body.trimStart().startsWith('{') && !body.trimEnd().endsWith('}');
      return err(cutOff ? truncated(label, method) : malformed(label, method, 'it is not JSON'));
    }
    const reply = replySchema.safeParse(json);
    if (!reply.success) return err(malformed(label, method, 'it is not a JSON-RPC reply'));
    if (reply.data.error !== undefined) {
      // Some nodes quote the access token that they refuse.
      const { code, message } = reply.data.error;
      return err(rpcFailure(label, method, code, withoutTokens(message, this.#endpoint)));
    }
    if (reply.data.id !== id) return err(malformed(label, method, 'it answers another request'));
    const result = schema.safeParse(reply.data.result);
    if (result.success) return ok(result.data);
    const field = result.error.issues[0]?.path.join('.') ?? '';
    return err(malformed(label, method, `field “result.${field}” has a wrong form`));
  }
}

/** Null when the body is longer than Keel takes. Rejects when the connection ends before the body does. */
async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_BODY_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The system's error code, never its message: that may hold the URL. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : undefined;
  const code = (inner as { code?: unknown } | undefined)?.code;
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'connection reset';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host name not found';
    default:
      return typeof code === 'string' ? code : 'connection failed';
  }
}
