/** The trader's acts as entries of the feed: the commands themselves, and after each that changed something, its entry. */
import type { ActivityKind, ActivityTone } from '#domain/activity.ts';
import { assertNever } from '#domain/assert-never.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import type { PaperAccount } from '#domain/paper-account.ts';
import type { VaultNote } from '#domain/vault-note.ts';
import type { Engine, EngineDeps, Outcome, PaperRequest } from '../engine.ts';
import { entryOf, nameOf, paperText, type ViewOf } from './entry-words.ts';

interface Parts {
  readonly deps: Pick<EngineDeps, 'clock' | 'ledger' | 'networks'>;
  readonly viewOf: ViewOf;
  readonly record: Engine['recordActivity'];
}

interface Words {
  readonly kind: ActivityKind;
  readonly tone?: ActivityTone;
  readonly title: string;
  readonly text?: string;
  readonly vault: VaultId | null;
}

type Tell = (words: Words) => void;

type Acts = Pick<
  Engine,
  | 'createVirtualVault'
  | 'addOnChainVault'
  | 'rename'
  | 'setArchived'
  | 'reorder'
  | 'activate'
  | 'changePaper'
  | 'enableTrading'
  | 'haltTrading'
  | 'addNote'
  | 'editNote'
  | 'removeNote'
  | 'restoreNote'
>;

/** The same commands with the same answers; whether an act can be written down changes nothing of it. */
export function tellingActs(engine: Acts, parts: Parts): Acts {
  const { deps, viewOf, record } = parts;
  const tell: Tell = ({ vault, ...words }) => {
    record(
      entryOf({
        ...{ atMs: deps.clock.nowMs(), actor: 'trader', tone: 'info', vaultId: vault },
        network: vault === null ? null : (viewOf(vault)?.vault.network ?? null),
        ...words,
      }),
    );
  };
  return {
    ...addingVaults(engine, parts, tell),
    ...changingVaults(engine, parts, tell),
    ...trading(engine, parts, tell),
    ...writingNotes(engine, parts, tell),
    changePaper: (id, request) => changePaper(engine, parts, tell, id, request),
  };
}

function addingVaults(
  engine: Acts,
  { deps, viewOf }: Parts,
  tell: Tell,
): Pick<Acts, 'createVirtualVault' | 'addOnChainVault'> {
  return {
    async createVirtualVault(request) {
      const answer = await engine.createVirtualVault(request);
      if (answer.ok) {
        const vault = answer.value.vaultId;
        const title = `Paper vault ${nameOf(viewOf, vault)} added`;
        const text = `It starts with ${paperText(request.allocation)}.`;
        tell({ kind: 'vault', title, text, vault });
      }
      return answer;
    },
    addOnChainVault(request) {
      const answer = engine.addOnChainVault(request);
      if (answer.ok) {
        const vault = answer.value.vaultId;
        const network = deps.networks().find(({ id }) => id === request.network)?.label;
        const text = `Sub-account ${request.subAccountId} of ${request.authority} on ${network ?? request.network}.`;
        tell({ kind: 'vault', title: `Vault ${nameOf(viewOf, vault)} added`, text, vault });
      }
      return answer;
    },
  };
}

function changingVaults(
  engine: Acts,
  { viewOf }: Parts,
  tell: Tell,
): Pick<Acts, 'rename' | 'setArchived' | 'reorder' | 'activate'> {
  /** Tells of it where the vault is another one afterwards. */
  const changing = (
    id: VaultId,
    act: () => Outcome,
    titleOf: (after: EngineVault, before: EngineVault) => string,
  ): Outcome => {
    const before = viewOf(id)?.vault;
    const answer = act();
    const after = viewOf(id)?.vault;
    if (answer.ok && before !== undefined && after !== undefined && isOther(before, after)) {
      tell({ kind: 'vault', title: titleOf(after, before), vault: id });
    }
    return answer;
  };
  return {
    rename: (id, name) =>
      changing(
        id,
        () => engine.rename(id, name),
        (after, before) => `“${before.name}” renamed to “${after.name}”`,
      ),
    setArchived: (id, archived) =>
      changing(
        id,
        () => engine.setArchived(id, archived),
        ({ name }) => (archived ? `“${name}” archived` : `“${name}” taken out of the archive`),
      ),
    activate: (id) =>
      changing(
        id,
        () => engine.activate(id),
        ({ name, engine: powered }) => `“${name}” now powers the engine “${powered}”`,
      ),
    reorder(order) {
      const placesOf = () => order.map((id) => viewOf(id)?.vault.sortIndex).join();
      const before = placesOf();
      const answer = engine.reorder(order);
      if (answer.ok && placesOf() !== before) {
        tell({ kind: 'vault', title: 'The order of the vaults changed', vault: null });
      }
      return answer;
    },
  };
}

const isOther = (before: EngineVault, after: EngineVault): boolean =>
  before.name !== after.name ||
  before.archivedAtMs !== after.archivedAtMs ||
  before.active !== after.active;

function trading(
  engine: Acts,
  { viewOf }: Parts,
  tell: Tell,
): Pick<Acts, 'enableTrading' | 'haltTrading'> {
  // A halt holds also where it could not be stored: what counts is what holds afterwards.
  const switching = (id: VaultId, act: () => Outcome, words: Omit<Words, 'vault' | 'kind'>) => {
    const before = viewOf(id)?.state.halt ?? null;
    const answer = act();
    const after = viewOf(id)?.state.halt ?? null;
    if ((before === null) !== (after === null)) tell({ ...words, kind: 'trading', vault: id });
    return answer;
  };
  return {
    enableTrading: (id) =>
      switching(id, () => engine.enableTrading(id), {
        tone: 'good',
        title: `Trading of ${nameOf(viewOf, id)} enabled`,
      }),
    haltTrading: (id) =>
      switching(id, () => engine.haltTrading(id), {
        tone: 'warning',
        title: `Trading of ${nameOf(viewOf, id)} halted`,
      }),
  };
}

function writingNotes(
  engine: Acts,
  { viewOf }: Parts,
  tell: Tell,
): Pick<Acts, 'addNote' | 'editNote' | 'removeNote' | 'restoreNote'> {
  // What the note says stays in the note.
  const told = <Value>(
    answer: Outcome<Value>,
    noteOf: (value: Value) => VaultNote,
    act: string,
  ): Outcome<Value> => {
    if (!answer.ok) return answer;
    const { vaultId } = noteOf(answer.value);
    tell({ kind: 'vault', title: `A note on ${nameOf(viewOf, vaultId)} ${act}`, vault: vaultId });
    return answer;
  };
  return {
    addNote: (id, text) => told(engine.addNote(id, text), ({ note }) => note, 'written'),
    editNote: (id, text) => told(engine.editNote(id, text), ({ note }) => note, 'changed'),
    removeNote: (id) => told(engine.removeNote(id), ({ note }) => note, 'removed'),
    restoreNote: (note) => told(engine.restoreNote(note), () => note, 'put back'),
  };
}

/** The money has moved when the ledger says so, whatever became of the sync after it. */
async function changePaper(
  engine: Acts,
  { deps, viewOf }: Parts,
  tell: Tell,
  id: VaultId,
  request: PaperRequest,
): Promise<Outcome> {
  const before = accountOf(deps, id);
  const pending = engine.changePaper(id, request);
  const after = accountOf(deps, id);
  if (after !== null && after.revision !== before?.revision) {
    const text = `It holds ${paperText(after.cash)} now.`;
    tell({ kind: 'paper', title: paperTitle(viewOf, id, request, after), text, vault: id });
  }
  return await pending;
}

/** Null: none, or not to be read at this moment. */
function accountOf({ ledger }: Pick<EngineDeps, 'ledger'>, id: VaultId): PaperAccount | null {
  try {
    return ledger.loadAccount(id);
  } catch {
    return null;
  }
}

function paperTitle(
  viewOf: ViewOf,
  id: VaultId,
  request: PaperRequest,
  after: PaperAccount,
): string {
  const name = nameOf(viewOf, id);
  switch (request.kind) {
    case 'credit':
      return `${paperText(request.amount)} credited to ${name}`;
    case 'debit':
      return `${paperText(request.amount)} debited from ${name}`;
    case 'reset':
      return `${name} reset to ${paperText(after.cash)}`;
    case 'seed':
      return `${name} seeded with ${paperText(after.cash)} from ${nameOf(viewOf, request.from)}`;
    default:
      return assertNever(request);
  }
}
