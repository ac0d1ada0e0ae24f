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

  /** One per cause; carries `data-alarm` (failing, discrepant, stale, halted, network, engine). An alert has a banner of its own. */
  syncErrorBanner: 'sync-error-banner',
  bannerAttempts: 'banner-attempts',
  bannerNextAttempt: 'banner-next-attempt',
  /** One per critical alert that nobody has acknowledged; carries `data-alert`: its id. */
  alertBanner: 'alert-banner',
  alertBannerAcknowledge: 'alert-banner-acknowledge',

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
  /** Carries `data-allowed`: true, false; and `data-standing`: allowed, halted, blocked, locked, watch-only. */
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
  /** Followed by the act; carries `data-allowed`. */
  gateAct: 'gate-act',

  haltAll: 'halt-all',
  /** Everything is halted; carries `data-reached`: whether the engine has been told. */
  haltAllBanner: 'halt-all-banner',
  liftHaltAll: 'lift-halt-all',
  confirmLiftHaltAll: 'confirm-lift-halt-all',

  /** Carries `data-unacknowledged` on its way in the bar. */
  inbox: 'inbox',
  inboxEmpty: 'inbox-empty',
  inboxFailed: 'inbox-failed',
  inboxOlder: 'inbox-older',
  inboxBadge: 'inbox-badge',
  /** Carries `data-alert`, `data-kind`, `data-severity`, `data-raised`, `data-acknowledged`. */
  alertRow: 'alert-row',
  alertAcknowledge: 'alert-acknowledge',
  alertAcknowledgeAll: 'alert-acknowledge-all',

  /** In the status bar while a venue has something paused; carries `data-network`. */
  footerExchange: 'footer-exchange',
  exchangePossible: 'exchange-possible',
  exchangeNotPossible: 'exchange-not-possible',
  exchangeMarkets: 'exchange-markets',

  nodesPanel: 'nodes-panel',
  /** Carries `data-condition` and `data-in-use`. */
  nodeRow: 'node-row',

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
  scanAll: 'scan-all',
  /** Followed by the public key: a key that Keel knows, to be looked through. */
  knownKey: 'known-key',
  /** Followed by the sub-account number. */
  scannedSubAccount: 'scanned-sub-account',

  /** The screens, each on its outermost element. */
  overview: 'overview',
  activity: 'activity',
  settings: 'settings',
  about: 'about',
  design: 'design',
  designFault: 'design-fault',

  palette: 'palette',
  paletteInput: 'palette-input',
  /** Carries `data-command`: the command's id. */
  paletteLine: 'palette-line',
  openPalette: 'open-palette',
  keyboardMap: 'keyboard-map',
  /** In place of a screen or panel that failed; carries `data-where`. */
  regionFailed: 'region-failed',
  regionAgain: 'region-again',
  regionHome: 'region-home',
  regionCopy: 'region-copy',
  deskCrashed: 'desk-crashed',
  licences: 'licences',
  licenceRow: 'licence-row',
  railToggle: 'rail-toggle',
  footerZoom: 'footer-zoom',

  /** The rail's ways to the screens; the one in front carries `aria-current`. */
  navOverview: 'nav-overview',
  navActivity: 'nav-activity',
  navAbout: 'nav-about',
  navVaults: 'nav-vaults',
  navOperations: 'nav-operations',
  navKeys: 'nav-keys',
  navInbox: 'nav-inbox',
  /** Carries `data-status`: unavailable, empty, locked, unlocked. A press locks or unlocks. */
  lockIndicator: 'lock-indicator',

  capitalDeposit: 'capital-deposit',
  capitalWithdraw: 'capital-withdraw',
  capitalTransfer: 'capital-transfer',
  newSubAccount: 'new-sub-account',
  /** The form of an operation; its fields are fieldToken, fieldAmount, fieldToVault. */
  capitalForm: 'capital-form',
  capitalMax: 'capital-max',
  /** Carries `data-rule` for each reason within it. */
  capitalReasons: 'capital-reasons',
  capitalFactsAge: 'capital-facts-age',
  capitalSigner: 'capital-signer',
  capitalDemand: 'capital-demand',
  fieldToken: 'field-token',
  fieldToVault: 'field-to-vault',
  addKey: 'add-key',

  /** The list on the vault page, and the screen of all. Rows carry `data-state` and `data-operation`. */
  operations: 'operations',
  operationRow: 'operation-row',
  operationChip: 'operation-chip',
  /** The stepper of one operation; carries `data-state` and `data-wait`. */
  operation: 'operation',
  /** Carries `data-step` and `data-progress`: done, current, failed, pending; steps that an end cut off are not listed. */
  operationStep: 'operation-step',
  operationOutcome: 'operation-outcome',
  operationWait: 'operation-wait',
  operationUnlock: 'operation-unlock',
  operationCancel: 'operation-cancel',
  operationRepeat: 'operation-repeat',
  operationSignature: 'operation-signature',
  operationExplorer: 'operation-explorer',
  operationSimulation: 'operation-simulation',

  keys: 'keys',
  /** Carries `data-key`: the public key. */
  keyRow: 'key-row',
  keyState: 'key-state',
  keyMenu: 'key-menu',
  keysEmpty: 'keys-empty',
  signerLock: 'signer-lock',
  signerUnlock: 'signer-unlock',
  keyCreate: 'key-create',
  keyImport: 'key-import',
  keyImportPractice: 'key-import-practice',
  keyExport: 'key-export',
  keyRename: 'key-rename',
  keyRemove: 'key-remove',
  keyWatch: 'key-watch',
  changePassphrase: 'change-passphrase',
  secondWrap: 'second-wrap',
  fieldPublicKey: 'field-public-key',

  settingsSections: 'settings-sections',
  settingsSearch: 'settings-search',
  settingsFound: 'settings-found',
  /** The endpoints of one network; carries `data-network`. */
  endpoints: 'endpoints',
  /** Carries `data-endpoint`: its label. */
  endpointRow: 'endpoint-row',
  endpointLabel: 'endpoint-label',
  endpointUp: 'endpoint-up',
  endpointDown: 'endpoint-down',
  endpointRemove: 'endpoint-remove',
  endpointTest: 'endpoint-test',
  /** Carries `data-usable`; its lines `data-step` and `data-outcome`. */
  endpointTestResult: 'endpoint-test-result',
  endpointAdd: 'endpoint-add',
  endpointAddDone: 'endpoint-add-done',
  endpointNewLabel: 'endpoint-new-label',
  endpointNewAddress: 'endpoint-new-address',
  endpointNewSocket: 'endpoint-new-socket',
  networkLocked: 'network-locked',
  /** Followed by the name of the setting. */
  watchField: 'watch-field',
  notificationsOn: 'notifications-on',
  quietHoursOn: 'quiet-hours-on',
  quietFrom: 'quiet-from',
  quietTo: 'quiet-to',
  testNotification: 'test-notification',
  testNotificationResult: 'test-notification-result',
  closeToTray: 'close-to-tray',
  startAtLogin: 'start-at-login',
  logLevel: 'log-level',
  copyDiagnostics: 'copy-diagnostics',
  backupNow: 'backup-now',
  /** Carries `data-backup`: the file's name. */
  backupRow: 'backup-row',
  backupRestore: 'backup-restore',
  restoreConfirm: 'restore-confirm',
  restoreNotes: 'restore-notes',

  practicePanel: 'practice-panel',
  practiceClearFaults: 'practice-clear-faults',
  practiceFailNextCount: 'practice-fail-next-count',
  practiceFailNextKind: 'practice-fail-next-kind',
  practiceFailNext: 'practice-fail-next',
  practiceDepositSubAccount: 'practice-deposit-sub-account',
  practiceDepositToken: 'practice-deposit-token',
  practiceDepositAmount: 'practice-deposit-amount',
  practiceDeposit: 'practice-deposit',
  practiceTradeSize: 'practice-trade-size',
  practiceTradeSide: 'practice-trade-side',
  practiceTrade: 'practice-trade',
  /** Followed by the node: both, a, b. */
  practiceNode: 'practice-node',
  /** Folds and unfolds what the exchange does. */
  practiceVenue: 'practice-venue',
  practiceExchange: 'practice-exchange',
  practiceMarket: 'practice-market',
  practiceMarketStatus: 'practice-market-status',
  practiceOracle: 'practice-oracle',
  practiceCap: 'practice-cap',
  practiceGuard: 'practice-guard',
  practicePrice: 'practice-price',
  practiceSetPrice: 'practice-set-price',
  practiceHealth: 'practice-health',
  practiceMoveHealth: 'practice-move-health',

  themeChoice: 'theme-choice',

  footer: 'footer',
  /** Followed by the network id. */
  footerNetwork: 'footer-network',
  footerRuntime: 'footer-runtime',
  /** A chart with its range; within it the plots (the keyboard's place), what is read out, and the table. */
  chart: 'chart',
  chartPlots: 'chart-plots',
  chartReading: 'chart-reading',
  chartAsTable: 'chart-as-table',
  chartTable: 'chart-table',
  chartEmpty: 'chart-empty',
  chartFailed: 'chart-failed',

  /** One line a vault on the overview; carries `data-vault`, `data-attention`. */
  overviewVault: 'overview-vault',
  overviewAlerts: 'overview-alerts',
  overviewOperations: 'overview-operations',
  overviewActivity: 'overview-activity',
  overviewEmpty: 'overview-empty',
  fundingReceived: 'funding-received',

  notes: 'notes',
  noteRow: 'note-row',
  noteText: 'note-text',
  noteSave: 'note-save',
  noteEdit: 'note-edit',
  noteRemove: 'note-remove',

  syncTimeline: 'sync-timeline',
  copyVaultLink: 'copy-vault-link',
  exportVault: 'export-vault',
  /** The way to the sections of the vault page. */
  vaultSections: 'vault-sections',

  selectionBar: 'selection-bar',
  columnMenu: 'column-menu',
  bulkSync: 'bulk-sync',
  bulkHalt: 'bulk-halt',
  bulkArchive: 'bulk-archive',
  bulkRestore: 'bulk-restore',
  operationFilter: 'operation-filter',
  activityFilter: 'activity-filter',
  activityRow: 'activity-row',
  inboxFilter: 'inbox-filter',
  /** Above a list that has been scrolled: how many came since. */
  newRows: 'new-rows',

  exportSubject: 'export-subject',
  exportVaults: 'export-vaults',
  exportSpan: 'export-span',
  exportFrom: 'export-from',
  exportTo: 'export-to',
  exportFormat: 'export-format',
  exportColumns: 'export-columns',
  /** One line a file; carries `data-export`, `data-state`. */
  exportProgress: 'export-progress',
  exportCancel: 'export-cancel',
  exportShow: 'export-show',

  dataExport: 'data-export',
  settingsExport: 'settings-export',
  settingsImport: 'settings-import',
  settingChange: 'setting-change',
  practiceReset: 'practice-reset',
  practiceResetConfirm: 'practice-reset-confirm',

  /** The tour's card; carries `data-step`, `data-done`. Its checks carry `data-done`, its acts `data-act`. */
  tour: 'tour',
  tourAct: 'tour-act',
  tourCheck: 'tour-check',
  tourNext: 'tour-next',
  tourSkip: 'tour-skip',
  tourLeave: 'tour-leave',
  tourOffer: 'tour-offer',
  tourBegin: 'tour-begin',
  tourContinue: 'tour-continue',
  tourLater: 'tour-later',
  tourDecline: 'tour-decline',
  /** While the practice network is broken by the tour. */
  tourNotice: 'tour-notice',
  tourNoticeMend: 'tour-notice-mend',

  toast: 'toast',
} as const;

export const vaultRowTestId = (vaultId: string): string => `vault-row-${vaultId}`;
export const totalsTestId = (money: string): string => `${TEST_IDS.totals}-${money}`;
export const gateActTestId = (act: string): string => `${TEST_IDS.gateAct}-${act}`;
export const watchFieldTestId = (name: string): string => `${TEST_IDS.watchField}-${name}`;
export const faultTestId = (fault: string): string => `fault-${fault}`;
export const practiceNodeTestId = (node: string): string => `${TEST_IDS.practiceNode}-${node}`;
export const knownKeyTestId = (publicKey: string): string => `${TEST_IDS.knownKey}-${publicKey}`;
