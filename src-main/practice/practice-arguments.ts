import { parseArgs } from 'node:util';
import { z } from 'zod';

const argumentsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_534).optional(),
  data: z.string().min(1).optional(),
  seed: z.coerce.number().int().min(0).optional(),
});

export type PracticeArguments = z.output<typeof argumentsSchema>;

/** Reads `--port N --data DIR --seed N`. Throws with one sentence that names the wrong argument. */
export function practiceArguments(args: readonly string[]): PracticeArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, data: { type: 'string' }, seed: { type: 'string' } },
  });
  const parsed = argumentsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`--${issue?.path.join('.') ?? 'argument'}: ${issue?.message ?? 'is wrong'}`);
}
