import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import {
  VAULT_TABS,
  useNavigationStore,
  type VaultTab,
} from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

const WORDS: Readonly<Record<VaultTab, string>> = {
  figures: 'Figures',
  history: 'History',
  operations: 'Operations',
  notes: 'Notes',
  sync: 'Sync',
};

/** Height of the header that stays in view, in CSS pixels. */
const HEADER = 76;

export interface Sections {
  readonly register: (id: VaultTab, element: HTMLElement | null) => void;
  readonly show: (id: VaultTab) => void;
}

/** One long page with ways to its parts; a link may name one. */
export function useSections(): Sections {
  const elements = useRef(new Map<VaultTab, HTMLElement>());
  const tab = useNavigationStore(({ route }) => (route.kind === 'vault' ? route.tab : undefined));
  const register = useCallback((id: VaultTab, element: HTMLElement | null) => {
    if (element === null) elements.current.delete(id);
    else elements.current.set(id, element);
  }, []);
  const show = useCallback((id: VaultTab) => {
    const element = elements.current.get(id);
    const page = element?.closest('main');
    if (element === undefined || page === null || page === undefined) return;
    // The page alone: the bars around it stay where they are.
    const above = element.getBoundingClientRect().top - page.getBoundingClientRect().top;
    page.scrollTo({ top: page.scrollTop + above - HEADER });
    element.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (tab !== undefined) show(tab);
  }, [tab, show]);
  return { register, show };
}

export function SectionNav({ show }: Sections) {
  return (
    <nav
      className="vault-sections"
      aria-label="Parts of this page"
      data-testid={TEST_IDS.vaultSections}
    >
      {VAULT_TABS.map((id) => (
        <button key={id} type="button" className="vault-section-way" onClick={() => show(id)}>
          {WORDS[id]}
        </button>
      ))}
    </nav>
  );
}

export interface SectionProps {
  readonly id: VaultTab;
  readonly sections: Sections;
  readonly children: ReactNode;
}

export function Section({ id, sections: { register }, children }: SectionProps) {
  const ref = useCallback((element: HTMLElement | null) => register(id, element), [id, register]);
  return (
    <div
      ref={ref}
      className="vault-section"
      tabIndex={-1}
      role="group"
      aria-label={WORDS[id]}
      data-section={id}
    >
      {children}
    </div>
  );
}
