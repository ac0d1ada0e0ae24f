/** What every venue's reader must hold, whatever lies behind it: run once for each. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { slot, type Slot } from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import { rawQuantitiesOf, type VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VenueReader } from '#main/engine/ports.ts';

export interface VenueFixture {
  readonly reader: VenueReader;
  /** Two vaults or more, with holdings that differ. */
  readonly vaults: readonly EngineVault[];
  /** A vault of the venue whose account does not exist. */
  readonly missing: EngineVault;
  /** Changes the vault's holdings; the venue moves on. */
  readonly change: (vault: EngineVault) => Promise<void>;
  readonly close: () => Promise<void>;
}

const NOTHING_SEEN: ReadonlyMap<VaultId, Slot> = new Map();

export function describeVenueReader(name: string, open: () => Promise<VenueFixture>): void {
  describe(`${name} as a venue`, () => {
    let fixture: VenueFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(async () => {
      fixture.reader.close();
      await fixture.close();
    });

    async function outcomes(
      vaults: readonly EngineVault[],
      minSlots = NOTHING_SEEN,
    ): Promise<readonly (VaultSnapshot | string)[]> {
      const batch = await fixture.reader.read(vaults, minSlots);
      if (!batch.ok) throw new Error(batch.error.message);
      expect([...batch.value.observations.keys()].toSorted()).toEqual(
        vaults.map(({ id }) => id).toSorted(),
      );
      return vaults.map(({ id }) => {
        const observation = batch.value.observations.get(id);
        return observation?.ok ? observation.value : (observation?.error.code ?? 'none');
      });
    }

    async function snapshotsOf(vaults: readonly EngineVault[]): Promise<readonly VaultSnapshot[]> {
      return (await outcomes(vaults)).map((outcome) => {
        if (typeof outcome === 'string') throw new Error(`A vault was refused with ${outcome}`);
        return outcome;
      });
    }

    it('answers for exactly the vaults that were asked for', async () => {
      await snapshotsOf(fixture.vaults);
      await snapshotsOf(fixture.vaults.slice(0, 1));
      expect(await outcomes([])).toEqual([]);
    });

    it('keeps vaults apart, in whatever order and company they are read (V1)', async () => {
      const together = await snapshotsOf(fixture.vaults);
      const reversed = (await snapshotsOf(fixture.vaults.toReversed())).toReversed();
      expect(new Set(together.map(rawQuantitiesOf)).size).toBe(fixture.vaults.length);
      for (const [index, vault] of fixture.vaults.entries()) {
        const [alone] = await snapshotsOf([vault]);
        for (const other of [together[index], reversed[index]]) {
          expect(other && rawQuantitiesOf(other)).toBe(alone && rawQuantitiesOf(alone));
        }
      }
    });

    it('gives figures that satisfy the formula and are in order (V2)', async () => {
      for (const snapshot of await snapshotsOf(fixture.vaults)) {
        const { USDC, DRIFT_POS, SOL } = deriveBalances(snapshot);
        const rest = snapshot.figures.totalCollateral - DRIFT_POS;
        expect([USDC, SOL]).toEqual([rest > 0n ? rest : 0n, 0n]);
        expect(snapshot.figures.health).toBeGreaterThanOrEqual(0);
        expect(snapshot.figures.health).toBeLessThanOrEqual(100);
        for (const positions of [snapshot.perpPositions, snapshot.spotPositions]) {
          const indexes = positions.map(({ marketIndex }) => marketIndex);
          expect(indexes).toEqual([...new Set(indexes)].toSorted((left, right) => left - right));
        }
        for (const { withdrawable } of snapshot.spotPositions)
          expect(withdrawable >= 0n).toBe(true);
      }
    });

    it('gives a missing account as that vault’s own error, never as zero', async () => {
      const all = await outcomes([fixture.missing, ...fixture.vaults]);
      expect(all[0]).toBe('SUB_ACCOUNT_MISSING');
      for (const outcome of all.slice(1)) expect(outcome).toBeTypeOf('object');
    });

    it('refuses an older slot than was seen, for that vault alone (S7)', async () => {
      const [first, ...others] = fixture.vaults;
      if (first === undefined) throw new Error('The fixture has no vaults');
      const ahead = new Map([[first.id, slot(1n << 40n)]]);
      const [refused, ...read] = await outcomes([first, ...others], ahead);
      expect(refused).toBe('NODE_BEHIND');
      for (const outcome of read) expect(outcome).toBeTypeOf('object');
    });

    it('shows the same quantities twice while nothing happens, at no older slot (S6)', async () => {
      const before = await snapshotsOf(fixture.vaults);
      const seen = new Map(
        fixture.vaults.map(({ id }, index) => [id, before[index]?.slot ?? slot(0n)]),
      );
      const after = await outcomes(fixture.vaults, seen);
      const quantities = after.map((outcome) =>
        typeof outcome === 'string' ? outcome : rawQuantitiesOf(outcome),
      );
      expect(quantities).toEqual(before.map(rawQuantitiesOf));
    });

    it('shows a change of one vault in that vault, at a later slot', async () => {
      const before = await snapshotsOf(fixture.vaults);
      const [changed] = fixture.vaults;
      if (changed === undefined) throw new Error('The fixture has no vaults');
      await fixture.change(changed);
      const after = await snapshotsOf(fixture.vaults);
      const moved = after.map((snapshot, index) => {
        const earlier = before[index];
        return earlier !== undefined && rawQuantitiesOf(snapshot) !== rawQuantitiesOf(earlier);
      });
      expect(moved).toEqual(fixture.vaults.map((_, index) => index === 0));
      expect((after[0]?.slot ?? 0n) > (before[0]?.slot ?? 0n)).toBe(true);
    });

    it('watches, rotates and closes without a fault, and listens no more when told so', async () => {
      const { reader, vaults } = fixture;
      const stop = reader.onStatus(() => undefined);
      reader.watch(vaults, () => undefined);
      reader.useNextEndpoint();
      await snapshotsOf(vaults);
      stop();
      stop();
      reader.watch([], () => undefined);
      reader.close();
      reader.close();
    });
  });
}
