/** What every capital venue must do, whether its money lies on a chain or in a ledger. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenRef } from '#domain/capital-intent.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import { quoteAmount } from '#domain/units.ts';
import type { CapitalVenue } from '#main/engine/ports.ts';
import {
  carryOut,
  depositOf,
  factsIn,
  makeSigned,
  outcomeOf,
  prepare,
  tokenIn,
  transferOf,
  valueIn,
  withdrawalOf,
  type ReadAfter,
} from '#test/support/capital-operations.ts';

export interface CapitalFixture {
  readonly venue: CapitalVenue;
  /** Two vaults of one owner, each with some of the quote token. */
  readonly vaults: readonly [EngineVault, EngineVault];
  /** Symbol of the quote token. */
  readonly quote: string;
  readonly read: ReadAfter;
  /** What was not sent can land no more, once this has resolved. */
  readonly pastExpiry: (transaction: OperationTransaction) => Promise<void>;
  readonly close: () => Promise<void>;
}

const AMOUNT = 1_234_567n;

export function describeCapitalVenue(name: string, open: () => Promise<CapitalFixture>): void {
  describe(`${name} as a capital venue`, () => {
    let fixture: CapitalFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(async () => {
      fixture.venue.close();
      await fixture.close();
    });

    async function quoteOf(vault: EngineVault): Promise<{ token: TokenRef; held: bigint }> {
      const facts = tokenIn(await factsIn(fixture.venue, vault), fixture.quote);
      return { token: facts.token, held: facts.vaultAmount };
    }

    /** Interest may move a balance by some units between two reads. */
    function expectNear(found: bigint, wanted: bigint): void {
      const difference = found - wanted;
      expect(difference >= -2n && difference <= 100n, `${found} is not ${wanted}`).toBe(true);
    }

    it('deposits and withdraws exactly the amount', async () => {
      const { venue, vaults, read } = fixture;
      const { token, held } = await quoteOf(vaults[0]);
      const into = await carryOut(venue, depositOf(vaults[0], token, AMOUNT), read);
      expect(into.judgement.kind).toBe('as-expected');
      expectNear((await quoteOf(vaults[0])).held, held + AMOUNT);
      const out = await carryOut(venue, withdrawalOf(vaults[0], token, AMOUNT), read);
      expect(out.judgement.kind).toBe('as-expected');
      expectNear((await quoteOf(vaults[0])).held, held);
    });

    it('transfers from one vault to the other, and nothing else', async () => {
      const { venue, vaults, read } = fixture;
      const [from, to] = [await quoteOf(vaults[0]), await quoteOf(vaults[1])];
      const done = await carryOut(
        venue,
        transferOf(vaults[0], vaults[1], from.token, AMOUNT),
        read,
      );
      expect(done.judgement.kind).toBe('as-expected');
      expectNear((await quoteOf(vaults[0])).held, from.held - AMOUNT);
      expectNear((await quoteOf(vaults[1])).held, to.held + AMOUNT);
    });

    it('changes nothing by planning, simulating, building and signing', async () => {
      const { venue, vaults } = fixture;
      const { token, held } = await quoteOf(vaults[0]);
      const { transaction } = await makeSigned(venue, depositOf(vaults[0], token, AMOUNT));
      expect(transaction).toMatchObject({
        signature: expect.any(String),
        wire: expect.any(String),
      });
      expectNear((await quoteOf(vaults[0])).held, held);
      expect(valueIn(await venue.readStatus(transaction)).kind).toBe('unknown');
    });

    it('simulates each vault as it would be', async () => {
      const { venue, vaults } = fixture;
      const { token, held } = await quoteOf(vaults[0]);
      const { subject } = await prepare(venue, depositOf(vaults[0], token, AMOUNT));
      const [after] = subject.operation.simulation?.after ?? [];
      expect(after?.vaultId).toBe(vaults[0].id);
      const spot = after?.snapshot.spotPositions.find(
        ({ marketIndex }) => marketIndex === token.marketIndex,
      );
      expectNear(spot?.amount ?? 0n, held + AMOUNT);
    });

    it('signs the same bytes however often it is asked', async () => {
      const { venue, vaults } = fixture;
      const { token } = await quoteOf(vaults[0]);
      const { subject } = await makeSigned(venue, depositOf(vaults[0], token, AMOUNT));
      const [first, second] = [await venue.sign(subject), await venue.sign(subject)];
      expect(second).toEqual(first);
    });

    it('lands once, however often the same bytes are sent', async () => {
      const { venue, vaults } = fixture;
      const { token, held } = await quoteOf(vaults[0]);
      const { transaction } = await makeSigned(venue, depositOf(vaults[0], token, AMOUNT));
      for (let times = 0; times < 3; times += 1) await venue.send(transaction);
      expect((await outcomeOf(venue, transaction)).kind).toBe('landed');
      await venue.send(transaction);
      expect((await outcomeOf(venue, transaction)).kind).toBe('landed');
      expectNear((await quoteOf(vaults[0])).held, held + AMOUNT);
    });

    it('proves that what was never sent has expired, signed or not', async () => {
      const { venue, vaults } = fixture;
      const { token, held } = await quoteOf(vaults[0]);
      const { transaction } = await makeSigned(venue, depositOf(vaults[0], token, AMOUNT));
      await fixture.pastExpiry(transaction);
      expect((await outcomeOf(venue, transaction)).kind).toBe('expired');
      const unsigned = { ...transaction, signature: null, wire: null };
      expect((await outcomeOf(venue, unsigned)).kind).toBe('expired');
      await venue.send(transaction);
      expect((await outcomeOf(venue, transaction)).kind).toBe('expired');
      expectNear((await quoteOf(vaults[0])).held, held);
    });

    it('judges figures that differ', async () => {
      const { venue, vaults, read } = fixture;
      const { token } = await quoteOf(vaults[0]);
      const { subject, after } = await carryOut(venue, depositOf(vaults[0], token, AMOUNT), read);
      const snapshot = after.get(vaults[0].id);
      if (snapshot === undefined) throw new Error('The vault was not read');
      const spotPositions = snapshot.spotPositions.map((spot) =>
        spot.marketIndex === token.marketIndex
          ? { ...spot, scaledBalance: spot.scaledBalance + 1_000_000n }
          : spot,
      );
      const { figures } = snapshot;
      const totalCollateral = quoteAmount(figures.totalCollateral + 1_000n);
      const wrong = new Map(after).set(vaults[0].id, {
        ...snapshot,
        spotPositions,
        figures: { ...figures, totalCollateral },
      });
      expect(valueIn(await venue.judge(subject, wrong))).toMatchObject({
        kind: 'differs',
        error: { code: 'OPERATION_DISCREPANT' },
      });
    });
  });
}
