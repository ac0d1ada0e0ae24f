import { Columns3 } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { Menu, MenuCheck, MenuItem, MenuLine } from '#renderer/ui/menu.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { TableColumn, TableSetup } from './table-column.ts';

export interface ColumnMenuProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly setup: TableSetup;
  readonly onSetup: (setup: TableSetup) => void;
  /** Chosen, but the window is too narrow for them. */
  readonly noRoom?: readonly string[];
}

/** Which columns are shown. */
export function ColumnMenu<Row>(props: ColumnMenuProps<Row>) {
  const { columns, setup, onSetup, noRoom = [] } = props;
  const choosable = columns.filter(({ fixed }) => fixed !== true);
  const show = (id: string, shown: boolean) => {
    const others = setup.hidden.filter((each) => each !== id);
    onSetup({ ...setup, hidden: shown ? others : [...others, id] });
  };
  const hidden = choosable.filter(({ id }) => setup.hidden.includes(id)).length;
  const asMade = hidden === 0 && setup.sort === null;
  return (
    <Menu
      trigger={
        <Button icon={<Columns3 size={14} aria-hidden />} data-testid={TEST_IDS.columnMenu}>
          Columns
          {hidden > 0 && (
            <span className="faint">
              −{hidden}
              <span className="visually-hidden"> hidden</span>
            </span>
          )}
        </Button>
      }
    >
      {choosable.map(({ id, label }) => (
        <MenuCheck
          key={id}
          label={noRoom.includes(id) ? `${label} (no room)` : label}
          checked={!setup.hidden.includes(id)}
          onChange={(shown) => show(id, shown)}
        />
      ))}
      <MenuLine />
      <MenuItem
        label="As Keel made it"
        disabledBecause={asMade ? 'Nothing was changed' : null}
        onSelect={() => onSetup({ hidden: [], sort: null })}
      />
    </Menu>
  );
}
