import { useState, type MouseEvent, type ReactElement } from 'react';
import { ContextMenu, MenuItem } from '#renderer/ui/menu.tsx';
import type { TableAction } from './table-action.ts';

export interface RowMenuProps {
  readonly actionsFor: (index: number) => readonly TableAction[];
  readonly children: ReactElement;
}

/** The menu of a row: by the right button, or by the keyboard's own key for it. One for the whole table. */
export function RowMenu({ actionsFor, children }: RowMenuProps) {
  const [actions, setActions] = useState<readonly TableAction[]>([]);
  const onContextMenuCapture = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-line]');
    const next = row === null ? [] : actionsFor(Number(row.dataset['line']));
    setActions(next);
    // Nothing can be done with a heading: no menu, not an empty one.
    if (next.length === 0) event.stopPropagation();
  };
  return (
    <div className="dt-menu-place" onContextMenuCapture={onContextMenuCapture}>
      <ContextMenu of={children}>
        {actions.map(({ id, label, icon: Icon, act, danger = false }) => (
          <MenuItem
            key={id}
            label={label}
            icon={<Icon size={14} aria-hidden />}
            danger={danger}
            onSelect={act}
          />
        ))}
      </ContextMenu>
    </div>
  );
}
