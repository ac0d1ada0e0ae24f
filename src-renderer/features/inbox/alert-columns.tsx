import type { Alert } from '#domain/alert.ts';
import { formatIso } from '#renderer/ui/format.ts';
import type { TableColumn } from '#renderer/ui/table/table-column.ts';
import { AcknowledgeCell, AlertCell } from './alert-row.tsx';
import { KIND_WORDS, SEVERITY_WORDS } from './alert-words.ts';

const isoOf = (atMs: number | null): string | null => (atMs === null ? null : formatIso(atMs));

export const ALERT_COLUMNS: readonly TableColumn<Alert>[] = [
  {
    id: 'alert',
    label: 'Alert',
    title: 'What, what to do, since when, and whom it concerns',
    width: '280px',
    grows: true,
    fixed: true,
    sortable: false,
    className: 'alert-cell',
    cell: (alert) => <AlertCell alert={alert} />,
    text: ({ title, text }) => [title, text].filter((part) => part !== '').join(': '),
  },
  {
    id: 'severity',
    label: 'Severity',
    title: 'How grave it is',
    width: '92px',
    sortable: true,
    className: 'alert-severity',
    cell: ({ severity }) => SEVERITY_WORDS[severity],
    text: ({ severity }) => severity,
  },
  {
    id: 'kind',
    label: 'Kind',
    title: 'What it is about',
    width: '110px',
    sortable: true,
    className: 'muted',
    cell: ({ kind }) => KIND_WORDS[kind],
    text: ({ kind }) => kind,
  },
  {
    id: 'seen',
    label: 'Seen to',
    title: 'Whether somebody has acknowledged it',
    width: '148px',
    fixed: true,
    sortable: true,
    cell: (alert) => <AcknowledgeCell alert={alert} />,
    text: ({ acknowledgedAtMs }) => isoOf(acknowledgedAtMs) ?? 'not acknowledged',
  },
];
