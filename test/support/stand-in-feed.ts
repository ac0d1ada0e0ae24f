/**
 * A stand-in for the engine's feed, in the real app's main process: as many vaults as wanted, all of them changed once
 * a second, sent over the real channel to the real window. Nothing of it is read from a chain or kept in a database.
 */
import type { ElectronApplication } from 'playwright-core';
import { z } from 'zod';
import { DESK_EVENT, deskEventSchema } from '#ipc/contract.ts';
import { MOST_IN_BATCH } from '#main/ipc/event-batches.ts';
import { verified } from './renderer-preview/stories.ts';
import { onChainVault } from './vaults.ts';

const ENGINES = ['basis', 'funding', 'momentum', 'carry'];

interface Loose {
  [key: string]: Loose;
}

/** Views of `count` vaults of several engines, on the wire. */
function viewsOnWire(count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const engine = ENGINES[index % ENGINES.length] ?? 'basis';
    const vault = onChainVault(index + 1_000, { engine, sortIndex: index });
    const holding = {
      cash: BigInt(index + 1) * 7_310_042n,
      perpBase: 1_000_000_000n * BigInt(index - 500),
      pnl: 1_120_431n,
    };
    const view = verified(vault, holding, Date.now());
    return z.encode(deskEventSchema, { type: 'VAULT_CHANGED', view });
  });
}

/** Begins to send; goes on until the app ends. Each vault's slot, time and figures move with every beat. */
export async function startStandInFeed(
  app: ElectronApplication,
  count: number,
  everyMs: number,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [events, channel, batch, beatMs]) => {
      let revision = 1_000_000_000;
      const beat = () => {
        const [window] = BrowserWindow.getAllWindows();
        if (window === undefined) return;
        const now = Date.now();
        const changed = (events as Loose[]).map((event) => {
          revision += 1;
          const next = structuredClone(event) as Loose;
          const view = next['view'] as Loose;
          const state = view['state'] as Loose;
          const snapshot = (state['observation'] as Loose)['snapshot'] as Record<string, unknown>;
          const figures = snapshot['figures'] as Record<string, unknown>;
          const verification = state['verification'] as Record<string, unknown>;
          Object.assign(view, { revision });
          Object.assign(snapshot, { observedAtMs: now, slot: String(now) });
          Object.assign(verification, { atMs: now, slot: String(now) });
          figures['totalCollateral'] = String(
            BigInt(figures['totalCollateral'] as string) + BigInt(revision % 1_000_000),
          );
          return next;
        });
        for (let at = 0; at < changed.length; at += batch as number) {
          const events = changed.slice(at, at + (batch as number));
          window.webContents.send(channel as string, JSON.stringify(events));
        }
      };
      beat();
      setInterval(beat, beatMs as number);
    },
    [viewsOnWire(count), DESK_EVENT, MOST_IN_BATCH, everyMs] as const,
  );
}
