import type { CHANNELS, ChannelName, RequestOf, ResponseOf } from '#ipc/contract.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';

/** Answers one channel with plain domain values; expected errors are values, a throw is a bug. */
export type Handler<Name extends ChannelName> = (
  request: RequestOf<Name>,
) => Result<ResponseOf<Name>, KeelError> | Promise<Result<ResponseOf<Name>, KeelError>>;

type AnsweredBy<Process extends 'engine' | 'main'> = {
  [Name in ChannelName]: (typeof CHANNELS)[Name]['answeredBy'] extends Process ? Name : never;
}[ChannelName];

export type EngineChannel = AnsweredBy<'engine'>;
export type MainChannel = AnsweredBy<'main'>;

export type Handlers<Name extends ChannelName> = { readonly [Each in Name]: Handler<Each> };

/** An answer as it crosses a process boundary: `value` is in wire form (decimal strings, no bigint). */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: KeelError };
