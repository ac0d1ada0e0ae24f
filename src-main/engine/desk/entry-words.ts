import type { NewActivity } from '#domain/activity.ts';
import { formatAmount } from '#domain/decimal.ts';
import type { VaultId } from '#domain/ids.ts';
import { QUOTE_DECIMALS, type QuoteAmount } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { FeedEntry } from '../desk-ports.ts';

export type ViewOf = (id: VaultId) => VaultView | undefined;

type Given = Pick<NewActivity, 'atMs' | 'kind' | 'tone' | 'actor' | 'title'> & Partial<FeedEntry>;

export function entryOf(given: Given): FeedEntry {
  return { text: '', vaultId: null, network: null, operationId: null, alertId: null, ...given };
}

/** The vault's name in quotes; of one that is not there any more, its id. */
export function nameOf(viewOf: ViewOf, id: VaultId): string {
  return `“${viewOf(id)?.vault.name ?? id}”`;
}

/** Play money, exact, without trailing zeros: `1,250.5 USDC`. */
export function paperText(amount: QuoteAmount): string {
  const exact = formatAmount(amount, QUOTE_DECIMALS, { shownDecimals: QUOTE_DECIMALS });
  return `${exact.replace(/\.?0+$/, '')} USDC`;
}

/** In two units at most: `3 min 12 s`, `2 h 5 min`; at least one second. */
export function lengthOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return join(hours, 'h', minutes % 60, 'min');
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

const join = (many: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${many} ${unit}` : `${many} ${unit} ${rest} ${restUnit}`;

const LONGEST_TITLE = 300;
const LONGEST_TEXT = 2_000;
const ADDRESS = /\b(?:https?|wss?):\/\/[^\s"'<>]+/gi;

/** As it may be written down and exported: an address in it may hold the key of an endpoint, so none stays. */
export function presentable<Entry extends FeedEntry>(entry: Entry): Entry {
  return {
    ...entry,
    title: cut(entry.title, LONGEST_TITLE) || 'Something happened',
    text: cut(entry.text, LONGEST_TEXT),
  };
}

function cut(words: string, longest: number): string {
  const plain = words.replace(ADDRESS, '(address left out)').trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}
