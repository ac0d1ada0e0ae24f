import './activity.css';
import { Activity, FileDown } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import {
  ALL_ACTIVITY,
  type ActivityFilter,
  type ActivityKind,
  type ActivityTone,
} from '#domain/activity.ts';
import type { VaultId } from '#domain/ids.ts';
import { VaultSelect } from '#renderer/features/operations/vault-select.tsx';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { useRowHeight, useTableSetup } from '#renderer/stores/table-setup.ts';
import { useSettled } from '#renderer/stores/use-paged-rows.ts';
import { useStableVaultName } from '#renderer/stores/vault-names.ts';
import { Button } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { ColumnMenu } from '#renderer/ui/table/column-menu.tsx';
import { DataTable } from '#renderer/ui/table/data-table.tsx';
import { FilterBox } from '#renderer/ui/table/filter-box.tsx';
import { FilterMenu } from '#renderer/ui/table/filter-menu.tsx';
import { ListStatus, NewRows } from '#renderer/ui/table/list-status.tsx';
import { SPAN_OPTIONS, spanStart, type Span } from '#renderer/ui/table/time-span.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { activityActions, marksOf, openEntry } from './activity-acts.ts';
import { activityColumns } from './activity-columns.tsx';
import { activityLines } from './activity-lines.ts';
import { KIND_OPTIONS, TONE_OPTIONS } from './activity-words.ts';
import { useActivityList } from './use-activity-list.ts';

interface Choice {
  readonly text: string;
  readonly kinds: readonly ActivityKind[];
  readonly tones: readonly ActivityTone[];
  readonly vaultId: VaultId | null;
  readonly span: Span;
}

const EVERYTHING: Choice = { text: '', kinds: [], tones: [], vaultId: null, span: 'any' };

/** What happened at this desk, by whom and when. */
export function ActivityScreen() {
  const [choice, setChoice] = useState(EVERYTHING);
  const [setup, setSetup] = useTableSetup('activity');
  const filter = useFilter(choice);
  const { rows, total, failure, outdated, rowAt, held, question } = useActivityList(filter);
  const nameOf = useStableVaultName();
  const columns = useMemo(() => activityColumns(nameOf), [nameOf]);
  const lines = useMemo(() => activityLines(total ?? 0, rowAt), [total, rowAt]);
  const onView = useCallback((first: number, last: number) => rows.want(first, last), [rows]);
  const rowHeight = useRowHeight();
  return (
    <main className="screen screen-table" data-testid={TEST_IDS.activity}>
      <ScreenHeader
        title="Activity"
        note={total !== null && <span className="dt-count">{countText(total)}</span>}
        actions={
          <>
            <ColumnMenu columns={columns} setup={setup} onSetup={setSetup} />
            <Button
              icon={<FileDown size={14} aria-hidden />}
              onClick={() =>
                openDialog({ kind: 'export', subject: 'activity', vaultIds: filter.vaultIds })
              }
            >
              Export…
            </Button>
          </>
        }
      />
      <Filters choice={choice} onChange={(part) => setChoice((known) => ({ ...known, ...part }))} />
      <ListStatus
        what="activity feed"
        total={total}
        failure={failure}
        narrowed={choice !== EVERYTHING && JSON.stringify(choice) !== JSON.stringify(EVERYTHING)}
        onRetry={rows.retry}
        onWiden={() => setChoice(EVERYTHING)}
        empty={
          <EmptyState
            icon={<Activity size={22} aria-hidden />}
            title="Nothing has happened yet"
            text="Syncs that fail and recover, operations, alerts, and what you do are told here, newest first."
          />
        }
      >
        <NewRows count={held.newer} onShow={held.moveOn} />
        <DataTable
          label="Activity"
          columns={columns}
          lines={lines}
          complete={false}
          setup={setup}
          onSetup={setSetup}
          marksOf={marksOf}
          onOpen={openEntry}
          actionsFor={activityActions}
          rowHeight={rowHeight}
          onView={onView}
          onScrolled={held.onScrolled}
          question={question}
          outdated={outdated}
        />
      </ListStatus>
    </main>
  );
}

const countText = (total: number): string =>
  total === 1 ? '1 entry' : `${formatInteger(total)} entries`;

function useFilter({ text, kinds, tones, vaultId, span }: Choice): ActivityFilter {
  const settled = useSettled(text);
  return useMemo(
    () => ({
      ...ALL_ACTIVITY,
      kinds,
      tones,
      text: settled,
      vaultIds: vaultId === null ? [] : [vaultId],
      fromMs: spanStart(span, useClockStore.getState().nowMs),
    }),
    [settled, kinds, tones, vaultId, span],
  );
}

interface FiltersProps {
  readonly choice: Choice;
  readonly onChange: (part: Partial<Choice>) => void;
}

function Filters({ choice, onChange }: FiltersProps) {
  return (
    <div className="dt-tools">
      <FilterMenu
        label="Kind"
        options={KIND_OPTIONS}
        chosen={choice.kinds}
        onChange={(kinds) => onChange({ kinds })}
      />
      <FilterMenu
        label="Weight"
        options={TONE_OPTIONS}
        chosen={choice.tones}
        onChange={(tones) => onChange({ tones })}
      />
      <VaultSelect vaultId={choice.vaultId} onChange={(vaultId) => onChange({ vaultId })} />
      <Select
        label="When it happened"
        value={choice.span}
        options={SPAN_OPTIONS}
        onChange={(span) => onChange({ span })}
      />
      <FilterBox
        label="Filter the activity"
        value={choice.text}
        onChange={(text) => onChange({ text })}
        testId={TEST_IDS.activityFilter}
      />
    </div>
  );
}
