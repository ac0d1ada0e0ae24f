import { z } from 'zod';
import { CHANNELS, type ChannelName, type RequestOf, type ResponseOf } from '#ipc/contract.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Answer, Handler } from './handlers.ts';
import { inputError } from './input-error.ts';

/** Told of what must not reach the window: the exception behind an `INTERNAL` answer. */
export type FaultReport = (channel: ChannelName, fault: unknown) => void;

export function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(CHANNELS, name);
}

/** Parses a request in wire form. The error names the field, its value and the remedy. */
export function parseRequest<Name extends ChannelName>(
  channel: Name,
  request: unknown,
): Result<RequestOf<Name>, KeelError> {
  const schema: z.ZodType = CHANNELS[channel].request;
  const parsed = schema.safeParse(request);
  return parsed.success
    ? ok(parsed.data as RequestOf<Name>)
    : err(inputError(channel, request, parsed.error));
}

/**
 * One request from wire form to wire form: parse, handle, encode. Never rejects and never shows an exception:
 * a bug becomes an `INTERNAL` error without stack, and `report` hears of it.
 */
export async function answerRequest<Name extends ChannelName>(
  channel: Name,
  request: unknown,
  handle: Handler<Name>,
  report: FaultReport,
): Promise<Answer> {
  const parsed = parseRequest(channel, request);
  if (!parsed.ok) return parsed;
  try {
    const result = await handle(parsed.value);
    return result.ok ? ok(encodeResponse(channel, result.value)) : err(result.error);
  } catch (fault) {
    const expected = faultOf(fault);
    if (expected !== null) return err(expected);
    report(channel, fault);
    return err(internalError(channel));
  }
}

function encodeResponse<Name extends ChannelName>(channel: Name, value: ResponseOf<Name>): unknown {
  const schema: z.ZodType = CHANNELS[channel].response;
  return z.encode(schema, value);
}

/** Checks an answer that another process gave; a malformed one is that process's bug. */
export function checkAnswer(channel: ChannelName, answer: Answer, report: FaultReport): Answer {
  if (!answer.ok) return answer;
  const schema: z.ZodType = CHANNELS[channel].response;
  const parsed = schema.safeParse(answer.value);
  if (parsed.success) return answer;
  report(channel, parsed.error);
  return err(internalError(channel));
}

export function internalError(channel: string): KeelError {
  return keelError(
    'INTERNAL',
    'operator',
    `${channel} failed because of a fault inside Keel.`,
    'Try once more; if it stays, look into the log for what happened.',
  );
}
