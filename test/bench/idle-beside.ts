import type { Hold } from './orders.ts';
import { startTarget } from './run-target.ts';

/** Does the work while an idle process beside it watches its own loop: what this computer adds by itself. */
export async function besideIdle<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly idle: Hold; readonly value: Value }> {
  let idle: Hold | null = null;
  const target = await startTarget('idle-target', null, (message) => {
    idle = (message as { readonly told: Hold }).told;
  });
  const value = await work();
  await target.stop();
  if (idle === null) throw new Error('The idle process told nothing');
  return { idle, value };
}
