import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { Licence } from '#domain/licence.ts';
import { request } from '#renderer/stores/commands.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { EmptyState, FailedState, LoadingState } from '#renderer/ui/states.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: KeelError }
  | { readonly kind: 'ready'; readonly licences: readonly Licence[] };

/** Whose code is in Keel, and on what terms; each text when it is asked for. */
export function LicencesPanel() {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const load = useCallback(async () => {
    const answer = await request('about.loadLicences', {});
    setLoaded(
      answer.ok
        ? { kind: 'ready', licences: answer.value.licences }
        : { kind: 'failed', error: answer.error },
    );
  }, []);
  useEffect(() => void load(), [load]);
  const count = loaded.kind === 'ready' ? loaded.licences.length : null;
  return (
    <Panel
      title="Licences"
      aside={
        count === null ? undefined : (
          <span className="faint">{count === 1 ? '1 package' : `${count} packages`}</span>
        )
      }
      testId={TEST_IDS.licences}
    >
      {loaded.kind === 'loading' && <LoadingState text="Reading the licences" />}
      {loaded.kind === 'failed' && (
        <FailedState
          title="The licences could not be read"
          error={loaded.error}
          onRetry={() => void load()}
        />
      )}
      {loaded.kind === 'ready' && <Licences licences={loaded.licences} />}
    </Panel>
  );
}

const ROW_PX = 34;

function Licences({ licences }: { readonly licences: readonly Licence[] }) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Licence | null>(null);
  const found = useMemo(() => {
    const needle = query.trim().toLowerCase();
    return licences.filter((each) => `${each.name} ${each.licence}`.toLowerCase().includes(needle));
  }, [licences, query]);
  return (
    <div className="licences">
      <div className="licences-list">
        <input
          type="search"
          className="licences-search"
          aria-label="Search the licences"
          placeholder="Search packages or licences"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setQuery('')}
        />
        {found.length === 0 ? (
          <EmptyState title="No package is called that" />
        ) : (
          <LicenceRows licences={found} chosen={chosen} onChoose={setChosen} />
        )}
      </div>
      <div className="licence-text" tabIndex={0} role="region" aria-label="Licence text">
        {chosen === null ? (
          <p className="faint">Choose a package to read its licence.</p>
        ) : (
          <>
            <h3>
              {chosen.name} {chosen.version}: {chosen.licence}
            </h3>
            <pre className="mono selectable">
              {chosen.text === '' ? 'The package brings no text of its licence.' : chosen.text}
            </pre>
          </>
        )}
      </div>
    </div>
  );
}

interface LicenceRowsProps {
  readonly licences: readonly Licence[];
  readonly chosen: Licence | null;
  readonly onChoose: (licence: Licence) => void;
}

/** Only the rows in view are drawn; the arrow keys choose. */
function LicenceRows({ licences, chosen, onChoose }: LicenceRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: licences.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const at = chosen === null ? -1 : licences.indexOf(chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : licences[Math.max(0, at + step)];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    virtual.scrollToIndex(licences.indexOf(next));
  };
  const onClick = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    const pointed = licences[Number(row?.dataset['index'])];
    if (pointed !== undefined) onChoose(pointed);
  };
  return (
    <div
      ref={scroller}
      className="licence-rows"
      role="listbox"
      aria-label="Packages"
      aria-activedescendant={at < 0 ? undefined : `licence-${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="licence-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const licence = licences[index];
          if (licence === undefined) return null;
          return (
            <div
              key={`${licence.name} ${licence.version}`}
              id={`licence-${index}`}
              data-index={index}
              role="option"
              aria-selected={licence === chosen}
              className="licence-row"
              data-testid={TEST_IDS.licenceRow}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="licence-name">
                {licence.name} <span className="faint">{licence.version}</span>
              </span>
              <span className="muted">{licence.licence}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
