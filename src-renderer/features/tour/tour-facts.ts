/** What the tour sees of the desk, gathered from the stores. Pure: the same stores give the same facts. */
import { vaultsOf } from '#domain/capital-intent.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import { keyReadinessOf } from '#domain/key-readiness.ts';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import type { AlertsById } from '#renderer/stores/alert-store.ts';
import type { DeskStore } from '#renderer/stores/desk-store.ts';
import type { Route } from '#renderer/stores/navigation-store.ts';
import type { OperationsById } from '#renderer/stores/operation-store.ts';
import { inOrder } from '#renderer/stores/selectors.ts';
import type { ViewsById } from '#renderer/stores/vault-store.ts';
import type { TourFacts } from './tour-steps.ts';

export interface TourSources {
  readonly views: ViewsById;
  readonly desk: Pick<DeskStore, 'networks' | 'signer' | 'engine' | 'settings'>;
  readonly operations: OperationsById;
  readonly alerts: AlertsById;
  readonly route: Route;
  readonly nowMs: UnixMs;
  /** Whether nobody answers on the practice network; null: not known. */
  readonly broken: boolean | null;
}

/** @param sinceMs what is older does not count; 0: everything counts. */
export function gatherFacts(sources: TourSources, sinceMs: number): TourFacts {
  const { views, desk, operations, alerts, route, nowMs } = sources;
  const { vault, paper } = vaultsOfTour(views, desk.networks);
  const { staleAfterMs } = desk.settings.sync;
  const delegate = vault?.state.observation?.snapshot.delegate ?? null;
  return {
    vault,
    health:
      vault === null
        ? null
        : syncHealth(vault.state, vault.synced && desk.engine.running, nowMs, staleAfterMs),
    paper,
    inFront: vault !== null && route.kind === 'vault' && route.id === vault.vault.id,
    key: vault === null ? 'absent' : keyReadinessOf(vault.vault, delegate, desk.signer, 'practice'),
    deposit: newestDeposit(operations, [vault, paper], sinceMs),
    broken: sources.broken,
    alerted: [...alerts.values()].some(
      ({ alert }) =>
        alert.kind === 'sync' &&
        alert.vaultId === vault?.vault.id &&
        vault !== null &&
        alert.changedAtMs >= sinceMs,
    ),
    added: addedOwn(sources, [vault, paper], sinceMs),
  };
}

/** The vault that the tour is about: of play money, in use, the active one first; and a paper vault beside it. */
export function vaultsOfTour(
  views: ViewsById,
  networks: DeskStore['networks'],
): { readonly vault: VaultView | null; readonly paper: VaultView | null } {
  const inUse = inOrder(views).filter(({ vault }) => vault.archivedAtMs === null);
  const isPractice = (id: NetworkId): boolean =>
    networks.some((network) => network.id === id && network.kind === 'practice');
  const simulated = inUse.filter(
    ({ vault }) => vault.vaultType === 'onChain' && isPractice(vault.network),
  );
  return {
    vault: simulated.find(({ vault }) => vault.active) ?? simulated[0] ?? null,
    paper: inUse.find(({ vault }) => vault.vaultType === 'virtual') ?? null,
  };
}

function newestDeposit(
  operations: OperationsById,
  into: readonly (VaultView | null)[],
  sinceMs: number,
): OperationView | null {
  let newest: OperationView | null = null;
  for (const view of operations.values()) {
    const { intent, createdAtMs } = view.operation;
    if (intent.kind !== 'deposit' || createdAtMs < sinceMs) continue;
    if (!into.some((each) => each !== null && vaultsOf(intent).includes(each.vault.id))) continue;
    if (newest === null || createdAtMs > newest.operation.createdAtMs) newest = view;
  }
  return newest;
}

/** The practice trader's own key is the tour's: it is none that the trader has brought. */
function addedOwn(
  { views, desk }: TourSources,
  own: readonly (VaultView | null)[],
  sinceMs: number,
): number {
  const tours = new Set<VaultId | undefined>(own.map((view) => view?.vault.id));
  const trader = own[0]?.vault;
  const authority = trader?.vaultType === 'onChain' ? trader.authority : null;
  const vaults = [...views.values()].filter(
    ({ vault }) => vault.createdAtMs >= sinceMs && !tours.has(vault.id),
  );
  const keys = desk.signer.keys.filter(
    ({ createdAtMs, publicKey }) => createdAtMs >= sinceMs && publicKey !== authority,
  );
  return vaults.length + keys.length;
}

/**
 * Whether the tour is offered unasked: on a desk as it first stands, and never to one who already has more than the
 * first vaults or real money at stake.
 */
export function isOffered(
  tour: DeskStore['settings']['desk']['tour'],
  views: ViewsById,
  networks: DeskStore['networks'],
): boolean {
  if (tour === 'done' || vaultsOfTour(views, networks).vault === null) return false;
  if (tour === 'later') return true;
  return (
    views.size <= FIRST_VAULTS && [...views.values()].every(({ vault }) => !isLive(vault.network))
  );

  function isLive(id: NetworkId): boolean {
    return networks.find((network) => network.id === id)?.kind !== 'practice';
  }
}

/** As many as an empty desk starts with. */
const FIRST_VAULTS = 2;
