/** The limits of capital operations as they stand in the settings file: amounts as decimal strings. */
import { z } from 'zod';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { parseBlock, type Pick } from './settings-block.ts';

const fields = capitalSettingsSchema.unwrap().shape;

const notNegative = <Amount extends bigint | null>(schema: z.ZodType<Amount>) =>
  schema.refine((amount) => amount === null || amount >= 0n, { message: 'is below zero' });

const bounded = {
  ...fields,
  confirmFrom: notNegative(fields.confirmFrom),
  typeAmountFrom: notNegative(fields.typeAmountFrom),
  dailyCap: notNegative(fields.dailyCap),
  solReserve: notNegative(fields.solReserve),
  maxPriorityFee: notNegative(fields.maxPriorityFee),
};

export function parseCapitalSettings(value: unknown, pick: Pick): CapitalSettings {
  return parseBlock('capital', value, bounded, DEFAULT_SETTINGS.capital, pick);
}

/** The same as the file holds them. */
export function capitalSettingsOnDisk(settings: CapitalSettings): Record<string, unknown> {
  return z.encode(capitalSettingsSchema, settings);
}
