import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { MainServices } from '#main/ipc/main-handlers.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { createAdminClient, PracticeAdminError } from '#main/practice/admin-client.ts';
import type { PracticeReady } from './practice-link.ts';

type PracticeControl = MainServices['practice'];

/** The window's hand on the practice network, by its own admin API. */
export function createPracticeControl(ready: () => PracticeReady | null): PracticeControl {
  async function ask<Value>(
    work: (admin: PracticeAdmin, network: PracticeReady) => Promise<Value>,
  ): Promise<Result<Value, KeelError>> {
    const network = ready();
    if (network === null) return err(practiceDown());
    try {
      return ok(await work(createAdminClient(network.httpUrl), network));
    } catch (caught) {
      if (caught instanceof PracticeAdminError) return err(practiceRefused(caught.message));
      throw caught;
    }
  }

  return {
    load: () =>
      ask(async (admin, { httpUrl, starter }) => {
        const { slot, faultsByNode: faults } = await admin.status();
        return { rpcUrl: httpUrl, authority: starter.authority, slot, faults };
      }),
    setFaults: (faults) => ask((admin) => admin.setFaults(faults)),
    setExchangeStatus: (status) =>
      ask(async (admin) => void (await admin.setExchangeStatus(status))),
    setMarket: (change) => ask((admin) => admin.setMarket(change)),
    setHealth: (wanted) => ask((admin) => admin.setHealth(wanted)),
    tradeAsOther: (trade) =>
      ask(async (admin) => {
        const { signatures } = await admin.tradeAsOther(trade);
        return signatures.at(-1) ?? '';
      }),
    depositAsOther: (deposit) =>
      ask(async (admin) => {
        const { signatures } = await admin.depositAsOther(deposit);
        return signatures.at(-1) ?? '';
      }),
  };
}

function practiceDown(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    'The practice network is not running at this moment.',
    'Wait until Keel has started it again, then repeat.',
  );
}

function practiceRefused(reason: string): KeelError {
  return keelError(
    'INPUT_INVALID',
    'fix-input',
    `The practice network refused: ${reason}`,
    'Change the request and try again.',
  );
}
