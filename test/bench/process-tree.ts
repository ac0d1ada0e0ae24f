/** Memory of a process and all its descendants, from /proc: Linux only. */
import { readdir, readFile } from 'node:fs/promises';

const KB_PER_MB = 1024;

/** PSS counts a page that several processes share once; null where the system does not tell. */
export async function treePssMb(root: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const parents = await parentsOfAll();
  const tree = [...parents.keys()].filter((pid) => isBelow(pid, root, parents));
  const parts = await Promise.all(tree.map(pssKb));
  return Math.round(parts.reduce((sum, part) => sum + part, 0) / KB_PER_MB);
}

async function parentsOfAll(): Promise<ReadonlyMap<number, number>> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name in brackets may hold blanks and brackets of its own.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  return parents;
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  let each: number | undefined = pid;
  while (each !== undefined && each !== 0 && each !== root) each = parents.get(each);
  return each === root;
}

/** A process that ended meanwhile counts nothing. */
async function pssKb(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
}
