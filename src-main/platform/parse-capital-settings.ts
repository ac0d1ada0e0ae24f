/** The limits of capital operations as they stand in the settings file: amounts as decimal strings. */
import { z } from 'zod';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import type { Pick } from './parse-settings.ts';

const fields = capitalSettingsSchema.unwrap().shape;

const notNegative = <Amount extends bigint | null>(schema: z.ZodType<Amount>) =>
  schema.refine((amount) => amount === null || amount >= 0n, { message: 'is below zero' });

/** Each field for itself: one that is refused costs no other. */
export function parseCapitalSettings(value: unknown, pick: Pick): CapitalSettings {
  const usual = DEFAULT_SETTINGS.capital;
  const object = z.record(z.string(), z.unknown());
  const raw = pick<Record<string, unknown>>('capital', value, object, {});
  const field = <Name extends keyof CapitalSettings>(
    name: Name,
    schema: z.ZodType<CapitalSettings[Name]>,
  ) => pick(`capital.${name}`, raw[name], schema, usual[name]);
  return {
    confirmFrom: field('confirmFrom', notNegative(fields.confirmFrom)),
    typeAmountFrom: field('typeAmountFrom', notNegative(fields.typeAmountFrom)),
    dailyCap: field('dailyCap', notNegative(fields.dailyCap)),
    minHealthAfterWithdrawal: field('minHealthAfterWithdrawal', fields.minHealthAfterWithdrawal),
    solReserve: field('solReserve', notNegative(fields.solReserve)),
    maxPriorityFee: field('maxPriorityFee', notNegative(fields.maxPriorityFee)),
    autoLockMs: field('autoLockMs', fields.autoLockMs),
    backupsKept: field('backupsKept', fields.backupsKept),
  };
}

/** The same as the file holds them. */
export function capitalSettingsOnDisk(settings: CapitalSettings): Record<string, unknown> {
  return z.encode(capitalSettingsSchema, settings);
}
