/** Money in, out and across as a trader does it: the desk's forms, the stepper, the list; the lock beside them. */
import type { Locator, Page } from 'playwright-core';
import { isFinal, type OperationState } from '#domain/capital-operation.ts';
import type { SignerState } from '#domain/signer-state.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { DeskDriver } from './desk-driver.ts';

const SOON_MS = 30_000;
const POLL_MS = 50;

export interface MoveInput {
  /** Name of the vault, as the table shows it. */
  readonly vault: string;
  /** Symbol; the form's first choice where absent. */
  readonly token?: string;
  /** As typed; `max` presses the button that fills in the limit. */
  readonly amount: string;
}

export interface CapitalDriver {
  /** Fill in the form and send it; the operation's dialog then shows its steps. */
  deposit(move: MoveInput): Promise<void>;
  withdraw(move: MoveInput): Promise<void>;
  transfer(move: MoveInput & { readonly to: string }): Promise<void>;
  createSubAccount(input: { readonly name: string; readonly engine: string }): Promise<void>;
  /** Fills in a form without sending it. Answers with the rules that stand against it, and its words. */
  refusals(
    kind: 'deposit' | 'withdraw',
    move: MoveInput,
  ): Promise<readonly { readonly rule: string; readonly text: string }[]>;

  /** State in the open dialog; null where none is shown. */
  state(): Promise<OperationState | null>;
  /** Waits for a state. @throws Error with the outcome's words when the operation ends otherwise */
  reaches(state: OperationState, limitMs?: number): Promise<void>;
  /** Waits until the operation waits for the trader or the network. */
  waitsFor(wait: 'unlock' | 'confirmation' | 'node' | 'sync', limitMs?: number): Promise<void>;
  /** Each step with its progress: done, current, failed, pending, skipped. */
  steps(): Promise<readonly { readonly step: string; readonly progress: string }[]>;
  /** What the outcome says, in words. */
  outcome(): Promise<string>;
  /** Whole, from the button that copies it; null before it is signed. */
  signature(): Promise<string | null>;
  cancel(): Promise<void>;
  closeDialog(): Promise<void>;

  /** Rows of the list of all operations, newest first. */
  operations(): Promise<readonly OperationRow[]>;
  openOperation(id: string): Promise<void>;

  lockStatus(status: SignerState['status'], limitMs?: number): Promise<void>;
  /** Presses the lock: locks what is unlocked, asks for the passphrase otherwise. */
  pressLock(): Promise<void>;
}

export interface OperationRow {
  readonly id: string;
  readonly state: OperationState;
  readonly text: string;
}

export function driveCapital(desk: DeskDriver): CapitalDriver {
  const { page } = desk;
  const byId = (testId: string): Locator => page.getByTestId(testId);
  const operation = byId(TEST_IDS.operation);

  const fill = async (button: string, move: MoveInput, to: string | null) => {
    await showVault(page, desk, move.vault);
    await byId(button).click();
    await byId(TEST_IDS.capitalForm).waitFor({ timeout: SOON_MS });
    if (to !== null) await chooseVault(byId(TEST_IDS.fieldToVault), to);
    if (move.token !== undefined) {
      await byId(TEST_IDS.fieldToken).selectOption({ label: move.token });
    }
    if (move.amount === 'max') await byId(TEST_IDS.capitalMax).click();
    else await byId(TEST_IDS.fieldAmount).fill(move.amount);
  };
  const send = async (button: string, move: MoveInput, to: string | null = null) => {
    await fill(button, move, to);
    await byId(TEST_IDS.dialogSubmit).click();
    await operation.waitFor({ timeout: SOON_MS });
  };
  const state = async (): Promise<OperationState | null> => {
    const shown = (await operation.count()) > 0 ? await operation.getAttribute('data-state') : null;
    return shown as OperationState | null;
  };
  const outcome = async (): Promise<string> =>
    (await byId(TEST_IDS.operationOutcome).allInnerTexts()).join(' ');

  return {
    deposit: (move) => send(TEST_IDS.capitalDeposit, move),
    withdraw: (move) => send(TEST_IDS.capitalWithdraw, move),
    transfer: (move) => send(TEST_IDS.capitalTransfer, move, move.to),
    createSubAccount: async ({ name, engine }) => {
      await byId(TEST_IDS.navVaults).click();
      await byId(TEST_IDS.newSubAccount).click();
      await byId(TEST_IDS.capitalForm).waitFor({ timeout: SOON_MS });
      await byId(TEST_IDS.fieldName).fill(name);
      await byId(TEST_IDS.fieldEngine).fill(engine);
      await byId(TEST_IDS.dialogSubmit).click();
      await operation.waitFor({ timeout: SOON_MS });
    },
    refusals: async (kind, move) => {
      const button = kind === 'deposit' ? TEST_IDS.capitalDeposit : TEST_IDS.capitalWithdraw;
      await fill(button, move, null);
      const reasons = byId(TEST_IDS.capitalReasons).locator('[data-rule]');
      await reasons.first().waitFor({ timeout: SOON_MS });
      return reasons.evaluateAll((elements) =>
        elements.map((element) => ({
          rule: element.getAttribute('data-rule') ?? '',
          text: element.textContent.trim(),
        })),
      );
    },

    state,
    reaches: async (wanted, limitMs = SOON_MS) => {
      const until = Date.now() + limitMs;
      for (let shown = await state(); shown !== wanted; shown = await state()) {
        if (shown !== null && isFinal(shown)) {
          throw new Error(`The operation ended ${shown}, not ${wanted}: ${await outcome()}`);
        }
        if (Date.now() > until) throw new Error(`The operation is ${shown}, not ${wanted}`);
        await pause(POLL_MS);
      }
    },
    waitsFor: (wait, limitMs = SOON_MS) =>
      page
        .locator(`[data-testid="${TEST_IDS.operation}"][data-wait="${wait}"]`)
        .waitFor({ timeout: limitMs }),
    steps: () =>
      byId(TEST_IDS.operationStep).evaluateAll((elements) =>
        elements.map((element) => ({
          step: element.getAttribute('data-step') ?? '',
          progress: element.getAttribute('data-progress') ?? '',
        })),
      ),
    outcome,
    signature: async () => {
      const copy = byId(TEST_IDS.operationSignature).getByRole('button', { name: /^Copy / });
      if ((await copy.count()) === 0) return null;
      return copy.first().getAttribute('title');
    },
    cancel: () => byId(TEST_IDS.operationCancel).click(),
    closeDialog: async () => {
      await byId(TEST_IDS.dialogCancel).click();
      await byId(TEST_IDS.dialog).waitFor({ state: 'detached', timeout: SOON_MS });
    },

    operations: async () => {
      await byId(TEST_IDS.navOperations).click();
      await byId(TEST_IDS.operations).waitFor({ timeout: SOON_MS });
      return byId(TEST_IDS.operationRow).evaluateAll((elements) =>
        elements.map((element) => ({
          id: element.getAttribute('data-operation') ?? '',
          state: (element.getAttribute('data-state') ?? '') as OperationState,
          text: element.textContent,
        })),
      );
    },
    openOperation: async (id) => {
      await byId(TEST_IDS.navOperations).click();
      await page
        .locator(`[data-testid="${TEST_IDS.operationRow}"][data-operation="${id}"]`)
        .click();
      await operation.waitFor({ timeout: SOON_MS });
    },

    lockStatus: (status, limitMs = SOON_MS) =>
      page
        .locator(`[data-testid="${TEST_IDS.lockIndicator}"][data-status="${status}"]`)
        .waitFor({ timeout: limitMs }),
    pressLock: () => byId(TEST_IDS.lockIndicator).click(),
  };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Opens the vault's page from wherever the desk is. */
async function showVault(page: Page, desk: DeskDriver, name: string): Promise<void> {
  await page.getByTestId(TEST_IDS.navVaults).click();
  await desk.open(name);
}

/** The options say more than the name. */
async function chooseVault(field: Locator, name: string): Promise<void> {
  const values = await field
    .locator('option')
    .evaluateAll(
      (options, wanted) =>
        options
          .filter((option) => option.textContent.split(' · ')[0] === wanted)
          .map((option) => (option as unknown as { readonly value: string }).value),
      name,
    );
  const [value] = values;
  if (value === undefined || values.length > 1) {
    throw new Error(`${values.length} vaults to transfer to are named ${name}`);
  }
  await field.selectOption(value);
}
