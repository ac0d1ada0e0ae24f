import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { openVaults } from '#renderer/stores/navigation-store.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import type { SortedLine } from './vault-line.ts';
import { VaultLineRow } from './vault-line-row.tsx';

const ROW = 52;
const MANY = 12;

export interface VaultLinesProps {
  /** What needs the trader first. */
  readonly lines: readonly SortedLine[];
}

type Scope = 'attention' | 'all';

/** Is it right, is it fresh, is it safe: one line a vault. Of many, what needs nobody is summed up. */
export function VaultLines({ lines }: VaultLinesProps) {
  const needy = lines.filter(({ line }) => line.tone !== 'good');
  const many = lines.length > MANY;
  const [chosen, setChosen] = useState<Scope | null>(null);
  const scope = chosen ?? (many && needy.length > 0 ? 'attention' : 'all');
  const shown = scope === 'all' ? lines : needy;
  return (
    <Panel
      title="Vaults"
      className="overview-vaults"
      aside={
        <>
          {many && (
            <Segmented
              label="Which vaults"
              value={scope}
              options={[
                { value: 'attention', label: `Needs attention ${needy.length}` },
                { value: 'all', label: `All ${lines.length}` },
              ]}
              onChange={setChosen}
            />
          )}
          <button type="button" className="link" onClick={openVaults}>
            Open the table
          </button>
        </>
      }
    >
      {shown.length === 0 ? (
        <p className="panel-empty">Every vault is right, fresh and safe.</p>
      ) : (
        <LineList lines={shown} />
      )}
      {scope === 'attention' && needy.length < lines.length && (
        <p className="panel-empty overview-rest">
          The other {lines.length - needy.length} are right, fresh and safe.
        </p>
      )}
    </Panel>
  );
}

/** Only the lines in view are drawn; arrow keys walk along them. */
function LineList({ lines }: VaultLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => lines[index]?.view.vault.id ?? index,
    overscan: 4,
  });
  const few = lines.length <= MANY;
  const height = Math.min(lines.length, MANY) * ROW;
  if (few) {
    return (
      <ul className="vault-lines">
        {lines.map((row) => (
          <li key={row.view.vault.id}>
            <VaultLineRow row={row} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div ref={scroller} className="vault-lines-scroll" style={{ height }}>
      <ul className="vault-lines" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = lines[index];
          return row === undefined ? null : (
            <li
              key={key}
              className="vault-line-placed"
              aria-setsize={lines.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <VaultLineRow row={row} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
