import './configure-zod.ts';
import { z } from 'zod';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  answerSchema,
  CHANNELS,
  deskEventSchema,
  type ChannelName,
  type DeskEvent,
  type RequestOf,
  type ResponseOf,
} from '#ipc/contract.ts';
import { createEventIntake } from './event-intake.ts';
import type { KeelApi } from './keel-api.ts';

export interface Bridge {
  /** Asks the main side. Never rejects: every failure is a KeelError as a value. */
  invoke<Name extends ChannelName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<Result<ResponseOf<Name>, KeelError>>;
  /**
   * Calls back with parsed events, in order and gathered, save views that a newer one has replaced; `onUnreadable`
   * hears of one that does not match the contract. Returns its unsubscribe.
   */
  onEvents(
    listener: (events: readonly DeskEvent[]) => void,
    onUnreadable: (error: KeelError) => void,
  ): () => void;
}

/** @param api looked up at each call, so that a page without a preload script gets an error, not a crash. */
export function createBridge(api: () => KeelApi | undefined): Bridge {
  return {
    async invoke(name, request) {
      const encoded = z.safeEncode(CHANNELS[name].request as z.ZodType, request);
      if (!encoded.success) return err(invalidRequest(name, encoded.error));
      const answer = await ask(api(), name, encoded.data);
      return answer.ok ? readResponse(name, answer.value) : answer;
    },
    onEvents(listener, onUnreadable) {
      const keel = api();
      if (keel === undefined) return () => undefined;
      const intake = createEventIntake({
        parse: readEvent,
        deliver: listener,
        onUnreadable,
        monotonicMs: () => performance.now(),
        later: (delayMs, callback) => {
          const timer = setTimeout(callback, delayMs);
          return () => clearTimeout(timer);
        },
      });
      const unsubscribe = keel.onEvents((raw) => {
        const batch = batchSchema.safeParse(raw);
        if (batch.success) intake.add(batch.data);
        else onUnreadable(unreadable('A batch of updates', batch.error));
      });
      return () => {
        unsubscribe();
        intake.close();
      };
    },
  };
}

/** What comes in one message; each event of it is parsed by itself. */
const batchSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('is no JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(z.unknown()));

function readEvent(raw: unknown): Result<DeskEvent, KeelError> {
  const event = z.safeDecode(deskEventSchema, raw as z.input<typeof deskEventSchema>);
  return event.success ? ok(event.data) : err(unreadable('An update', event.error));
}

async function ask(
  api: KeelApi | undefined,
  name: ChannelName,
  request: unknown,
): Promise<Result<unknown, KeelError>> {
  if (api === undefined) return err(unavailable('The window was opened without its bridge.'));
  try {
    const answer = answerSchema.safeParse(await api.invoke(name, request));
    if (!answer.success) return err(unreadable(`The answer to ${name}`, answer.error));
    return answer.data.ok ? ok(answer.data.value) : err(answer.data.error as KeelError);
  } catch (cause) {
    return err(unavailable(cause instanceof Error ? cause.message : String(cause)));
  }
}

function readResponse<Name extends ChannelName>(
  name: Name,
  value: unknown,
): Result<ResponseOf<Name>, KeelError> {
  const response = z.safeDecode(CHANNELS[name].response as z.ZodType, value);
  return response.success
    ? ok(response.data as ResponseOf<Name>)
    : err(unreadable(`The answer to ${name}`, response.error));
}

function invalidRequest(name: ChannelName, error: z.ZodError): KeelError {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  return keelError(
    'INPUT_INVALID',
    'fix-input',
    `${field === '' ? name : field}: ${issue?.message ?? 'is not valid'}.`,
    'Correct the value and try again.',
    { channel: name, field },
  );
}

function unreadable(what: string, error: z.ZodError): KeelError {
  const [issue] = error.issues;
  return keelError(
    'INTERNAL',
    'operator',
    `${what} does not match the contract at "${issue?.path.join('.') ?? ''}".`,
    'Restart Keel; if it happens again, report it with the log.',
    { problem: issue?.message ?? '' },
  );
}

function unavailable(reason: string): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    `Keel's engine did not answer: ${reason}`,
    'Wait for the engine to restart, then try again.',
  );
}
