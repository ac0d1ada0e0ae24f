/**
 * What was typed and not saved yet. It outlives its section and its screen, so that going elsewhere loses nothing; saving
 * or discarding empties it.
 */
import { create } from 'zustand';
import type { NetworkId } from '#domain/ids.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { SettingsSection } from '#renderer/stores/navigation-store.ts';
import type { EndpointDraft } from './endpoint-drafts.ts';
import type { NumberForm, Typed } from './number-fields.ts';

type FormId = NumberForm['id'];

interface DraftStore {
  /** Of each form only the fields that differ from what is saved. */
  readonly numbers: Readonly<Partial<Record<FormId, Readonly<Record<string, string>>>>>;
  /** The lists that were changed. */
  readonly endpoints: ReadonlyMap<NetworkId, readonly EndpointDraft[]>;
}

const NOTHING: DraftStore = { numbers: {}, endpoints: new Map() };

export const useDrafts = create<DraftStore>()(() => NOTHING);

/** As saved, with what was typed over it. */
export function typedOver<Name extends string>(
  form: NumberForm<Name>,
  settings: VisibleSettings,
  draft: Readonly<Record<string, string>> | undefined,
): Typed<Name> {
  return { ...form.text(settings), ...draft };
}

export function typeNumber<Name extends string>(
  form: NumberForm<Name>,
  settings: VisibleSettings,
  name: Name,
  text: string,
): void {
  const saved = form.text(settings)[name];
  useDrafts.setState(({ numbers }) => {
    const { [name as string]: _, ...others } = numbers[form.id] ?? {};
    return {
      numbers: { ...numbers, [form.id]: text === saved ? others : { ...others, [name]: text } },
    };
  });
}

export function discardNumbers(id: FormId): void {
  useDrafts.setState(({ numbers }) => ({ numbers: { ...numbers, [id]: {} } }));
}

/** Null: the list is as it is saved. */
export function keepEndpoints(network: NetworkId, list: readonly EndpointDraft[] | null): void {
  useDrafts.setState(({ endpoints }) => {
    const next = new Map(endpoints);
    if (list === null) next.delete(network);
    else next.set(network, list);
    return { endpoints: next };
  });
}

export const discardAll = (): void => useDrafts.setState(NOTHING);

const SECTION_OF: Readonly<Record<FormId, SettingsSection>> = {
  sync: 'sync',
  watch: 'watching',
  capital: 'capital',
  keys: 'keys',
  data: 'data',
};

/** The sections that hold something unsaved. */
export function unsavedSections({ numbers, endpoints }: DraftStore): readonly SettingsSection[] {
  const forms = Object.entries(numbers) as [FormId, Readonly<Record<string, string>>][];
  const typed = forms.filter(([, draft]) => Object.keys(draft).length > 0);
  return [
    ...(endpoints.size > 0 ? (['networks'] as const) : []),
    ...typed.map(([id]) => SECTION_OF[id]),
  ];
}
