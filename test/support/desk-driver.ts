/** The desk as a trader uses it: clicks and reads in the real window, by the hooks of test-ids.ts. */
import type { Locator, Page } from 'playwright-core';
import type { SyncHealth } from '#domain/vault-state.ts';
import { TEST_IDS, vaultRowTestId } from '#renderer/ui/test-ids.ts';

const SOON_MS = 30_000;

export interface DeskDriver {
  readonly page: Page;
  /** Waits until the desk has loaded, and goes to its vaults. */
  ready(): Promise<void>;
  /** Goes to the vaults from wherever the desk is. */
  toVaults(): Promise<void>;
  row(name: string): Locator;
  rowById(vaultId: string): Locator;
  /** Opens a vault's page. */
  open(name: string): Promise<void>;
  back(): Promise<void>;
  addOnChainVault(input: AddOnChainInput): Promise<void>;
  addPaperVault(input: AddPaperInput): Promise<void>;
  /** A figure of a row to the unit, not as rounded for the eye. */
  units(name: string, testId: string): Promise<bigint>;
  /** Waits for the row's state. */
  health(name: string, health: SyncHealth, limitMs?: number): Promise<void>;
  /** Opens the vault page's menu and takes an entry of it. */
  choose(testId: string): Promise<void>;
  /** Presses the dialog's button and waits until the dialog has gone. */
  submit(): Promise<void>;
  /** The practice network's RPC URL, asked for as the window does. */
  practiceRpcUrl(): Promise<string>;
  /** Any channel of the contract, on the wire as the bridge sends it. */
  invoke(channel: string, request: unknown): Promise<unknown>;
}

export interface AddPaperInput {
  readonly name: string;
  readonly engine: string;
  /** As typed; what the dialog proposes where absent. */
  readonly allocation?: string;
}

export interface AddOnChainInput {
  readonly name: string;
  readonly engine: string;
  readonly authority: string;
  readonly subAccountId: number;
}

interface BridgeWindow {
  readonly keel: { invoke(channel: string, request: unknown): Promise<unknown> };
}

export function driveDesk(page: Page): DeskDriver {
  const byId = (testId: string): Locator => page.getByTestId(testId);
  const row = (name: string): Locator =>
    page
      .locator('[data-testid^="vault-row-"]')
      .filter({ has: byId(TEST_IDS.vaultName).getByText(name, { exact: true }) });
  const invoke = (channel: string, request: unknown): Promise<unknown> =>
    page.evaluate(
      async ([name, body]) =>
        (globalThis as unknown as BridgeWindow).keel.invoke(name as string, body),
      [channel, request] as const,
    );

  const toVaults = async () => {
    await byId(TEST_IDS.navVaults).click();
    await byId(TEST_IDS.addVault).waitFor();
  };

  return {
    page,
    row,
    rowById: (vaultId) => byId(vaultRowTestId(vaultId)),
    invoke,
    ready: async () => {
      await byId(TEST_IDS.desk).waitFor({ timeout: SOON_MS });
      await toVaults();
    },
    toVaults,
    open: async (name) => {
      await row(name).getByTestId(TEST_IDS.vaultName).click();
      await byId(TEST_IDS.vaultPage).waitFor();
    },
    back: async () => {
      await byId(TEST_IDS.back).click();
      await byId(TEST_IDS.vaultTable).waitFor();
    },
    addOnChainVault: async (input) => {
      await byId(TEST_IDS.addVault).click();
      await byId(TEST_IDS.createTypeOnChain).click();
      await byId(TEST_IDS.fieldName).fill(input.name);
      await byId(TEST_IDS.fieldEngine).fill(input.engine);
      await byId(TEST_IDS.fieldAuthority).fill(input.authority);
      await byId(TEST_IDS.fieldSubAccount).fill(String(input.subAccountId));
      await byId(TEST_IDS.dialogSubmit).click();
      await row(input.name).waitFor({ timeout: SOON_MS });
    },
    addPaperVault: async (input) => {
      await byId(TEST_IDS.addVault).click();
      await byId(TEST_IDS.fieldName).fill(input.name);
      await byId(TEST_IDS.fieldEngine).fill(input.engine);
      if (input.allocation !== undefined) {
        await byId(TEST_IDS.fieldAllocation).fill(input.allocation);
      }
      await byId(TEST_IDS.dialogSubmit).click();
      await row(input.name).waitFor({ timeout: SOON_MS });
    },
    units: async (name, testId) => {
      const shown = await row(name).getByTestId(testId).getAttribute('data-units');
      if (shown === null) throw new Error(`The row of ${name} shows no ${testId}`);
      return BigInt(shown);
    },
    health: (name, health, limitMs = SOON_MS) =>
      row(name)
        .locator(`[data-testid="${TEST_IDS.syncState}"][data-health="${health}"]`)
        .waitFor({ timeout: limitMs }),
    choose: async (testId) => {
      await byId(TEST_IDS.vaultMenu).click();
      await byId(testId).click();
    },
    submit: async () => {
      await byId(TEST_IDS.dialogSubmit).click();
      await byId(TEST_IDS.dialog).waitFor({ state: 'detached', timeout: SOON_MS });
    },
    practiceRpcUrl: async () => {
      const answer = (await invoke('practice.load', {})) as {
        readonly ok: boolean;
        readonly value?: { readonly rpcUrl: string };
      };
      if (!answer.ok || answer.value === undefined) {
        throw new Error(`practice.load failed: ${JSON.stringify(answer)}`);
      }
      return answer.value.rpcUrl;
    },
  };
}
