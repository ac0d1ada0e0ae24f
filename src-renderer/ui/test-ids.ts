/**
 * Hooks for the end-to-end tests: the one list of `data-testid` values that the desk carries.
 * Renaming one here renames it in the desk; tests import this file instead of typing strings.
 */
export const TEST_IDS = {
  /** The whole desk, once loaded. */
  desk: 'desk',
  deskLoading: 'desk-loading',
  deskFailed: 'desk-failed',
  deskEmpty: 'desk-empty',

  /** One per cause; carries `data-alarm` (failing, discrepant, stale, halted, network, engine). */
  syncErrorBanner: 'sync-error-banner',
  bannerAttempts: 'banner-attempts',
  bannerNextAttempt: 'banner-next-attempt',

  /** All vaults at a glance: right, fresh, safe. */
  verdict: 'verdict',

  addVault: 'add-vault',
  syncAll: 'sync-all',
  openPractice: 'open-practice',
  openSettings: 'open-settings',

  vaultTable: 'vault-table',
  vaultFilter: 'vault-filter',
  /** Within a table row or the vault page's header and panels. */
  vaultName: 'vault-name',
  vaultType: 'vault-type',
  activeBadge: 'active-badge',
  vaultHealth: 'vault-health',
  vaultAge: 'vault-age',
  vaultSlot: 'vault-slot',
  /** Carries `data-health`: fresh, stale, failing, discrepant. */
  syncState: 'sync-state',
  /** Carries `data-allowed`: true, false. */
  tradingState: 'trading-state',
  totalCollateral: 'total-collateral',
  balanceUsdc: 'balance-usdc',
  balanceDriftPos: 'balance-drift-pos',
  balanceSol: 'balance-sol',

  /** Followed by the money (paper, practice, live); within it, one line per network where it spans several. */
  totals: 'totals',
  networkTotal: 'network-total',

  vaultPage: 'vault-page',
  back: 'back-to-vaults',
  syncNow: 'sync-now',
  vaultMenu: 'vault-menu',
  renameVault: 'rename-vault',
  activateVault: 'activate-vault',
  moveVaultUp: 'move-vault-up',
  moveVaultDown: 'move-vault-down',
  archiveVault: 'archive-vault',
  paperCredit: 'paper-credit',
  paperDebit: 'paper-debit',
  paperReset: 'paper-reset',
  paperSeed: 'paper-seed',
  paperLedger: 'paper-ledger',
  viewsDiffer: 'views-differ',
  perpPositions: 'perp-positions',
  spotPositions: 'spot-positions',
  exchangeStatus: 'exchange-status',
  syncLog: 'sync-log',
  syncRun: 'sync-run',
  /** Stands for several uneventful runs; a click shows each. */
  syncRunFold: 'sync-run-fold',
  syncAttempt: 'sync-attempt',

  tradingReasons: 'trading-reasons',
  enableTrading: 'enable-trading',
  haltTrading: 'halt-trading',
  confirmEnableTrading: 'confirm-enable-trading',
  haltReason: 'halt-reason',

  dialog: 'dialog',
  dialogSubmit: 'dialog-submit',
  dialogCancel: 'dialog-cancel',
  dialogError: 'dialog-error',
  createTypeVirtual: 'create-type-virtual',
  createTypeOnChain: 'create-type-on-chain',
  fieldName: 'field-name',
  fieldEngine: 'field-engine',
  fieldNetwork: 'field-network',
  fieldAllocation: 'field-allocation',
  fieldAuthority: 'field-authority',
  fieldSubAccount: 'field-sub-account',
  fieldAmount: 'field-amount',
  fieldSeedFrom: 'field-seed-from',
  scanAuthority: 'scan-authority',
  /** Followed by the sub-account number. */
  scannedSubAccount: 'scanned-sub-account',

  practicePanel: 'practice-panel',
  practiceClearFaults: 'practice-clear-faults',
  practiceFailNextCount: 'practice-fail-next-count',
  practiceFailNextKind: 'practice-fail-next-kind',
  practiceFailNext: 'practice-fail-next',
  practiceDepositSubAccount: 'practice-deposit-sub-account',
  practiceDepositToken: 'practice-deposit-token',
  practiceDepositAmount: 'practice-deposit-amount',
  practiceDeposit: 'practice-deposit',

  themeChoice: 'theme-choice',

  footer: 'footer',
  /** Followed by the network id. */
  footerNetwork: 'footer-network',
  footerRuntime: 'footer-runtime',
  toast: 'toast',
} as const;

export const vaultRowTestId = (vaultId: string): string => `vault-row-${vaultId}`;
export const totalsTestId = (money: string): string => `${TEST_IDS.totals}-${money}`;
export const faultTestId = (fault: string): string => `fault-${fault}`;
