import { z } from 'zod';
import { withoutTokens } from '#domain/endpoint-secrets.ts';
import type { RpcEndpoint } from '#domain/network.ts';

const urlOf = (protocols: RegExp) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), {
    message: 'is not a URL of the right kind',
  });

/** One endpoint as the settings file holds it, and as it is saved from the window. */
export const endpointSchema = z
  .object({
    label: z.string().trim().min(1).max(60),
    httpUrl: urlOf(/^https?:$/),
    webSocketUrl: urlOf(/^wss?:$/),
  })
  .readonly()
  // A label is told everywhere: who has pasted the address there does not want it in a notification.
  .transform((endpoint) => ({
    ...endpoint,
    label: withoutTokens(endpoint.label, endpoint),
  })) satisfies z.ZodType<RpcEndpoint>;
