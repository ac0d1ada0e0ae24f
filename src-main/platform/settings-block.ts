/** One section of the settings file, field by field: one that is refused costs no other. */
import { z } from 'zod';

/** The value where its schema takes it; otherwise the usual one, and a sentence about it. */
export type Pick = <Value>(
  field: string,
  value: unknown,
  schema: z.ZodType<Value>,
  usual: Value,
) => Value;

type Fields<Block> = { readonly [Name in keyof Block]: z.ZodType<Block[Name]> };

const object = z.record(z.string(), z.unknown());

/** @param name of the section, as it is told in a refusal: `watch` makes `watch.maxSlotLag` */
export function parseBlock<Block extends object>(
  name: string,
  value: unknown,
  fields: Fields<Block>,
  usual: Block,
  pick: Pick,
): Block {
  const raw = pick<Record<string, unknown>>(name, value, object, {});
  const names = Object.keys(usual) as (keyof Block & string)[];
  const parsed = names.map((field) => [
    field,
    pick(`${name}.${field}`, raw[field], fields[field], usual[field]),
  ]);
  return Object.fromEntries(parsed) as Block;
}
