/** What the declarations of several channels share. */
import { z } from 'zod';
import { vaultIdSchema } from './wire.ts';

export interface Channel {
  readonly request: z.ZodType;
  readonly response: z.ZodType;
  /** Which process answers; the main process forwards the engine's. */
  readonly answeredBy: 'engine' | 'main';
}

export const nothing = z.object({}).strict().readonly();
export const vaultName = z.string().trim().min(1).max(60);
export const engineName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,30}$/);
export const ofVault = z.object({ vaultId: vaultIdSchema }).strict().readonly();
export const subAccountId = z.number().int().min(0).max(65_535);
