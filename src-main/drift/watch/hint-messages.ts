import { z } from 'zod';
import { err, ok, type Result } from '#domain/result.ts';

/** What the socket says: an answer to a request, a new slot, or that a watched account was written. */
export type SocketMessage =
  | { readonly kind: 'answer'; readonly request: number; readonly subscription: number | null }
  | { readonly kind: 'slot'; readonly slot: bigint }
  | { readonly kind: 'account'; readonly subscription: number };

const answerSchema = z.object({
  id: z.number(),
  // `accountUnsubscribe` answers with a boolean.
  result: z.union([z.number().int(), z.boolean()]).optional(),
  error: z.object({ code: z.number() }).optional(),
});

const slotSchema = z.object({
  method: z.literal('slotNotification'),
  params: z.object({ result: z.object({ slot: z.number().int().nonnegative() }) }),
});

const accountSchema = z.object({
  method: z.literal('accountNotification'),
  params: z.object({ subscription: z.number().int() }),
});

const messageSchema = z.union([slotSchema, accountSchema, answerSchema]);

/** Err with the reason where the text is nothing that Keel asked for. */
export function parseSocketMessage(text: string): Result<SocketMessage, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  const parsed = messageSchema.safeParse(json);
  if (!parsed.success) return err('it is neither an answer nor a known notification');
  const message = parsed.data;
  if (!('method' in message)) {
    const subscription = typeof message.result === 'number' ? message.result : null;
    return ok({ kind: 'answer', request: message.id, subscription });
  }
  return message.method === 'slotNotification'
    ? ok({ kind: 'slot', slot: BigInt(message.params.result.slot) })
    : ok({ kind: 'account', subscription: message.params.subscription });
}
