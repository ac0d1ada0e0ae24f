import type { ExportFormat, ExportSubject } from '#domain/data-export.ts';

export const SUBJECT_WORDS: Readonly<Record<ExportSubject, { label: string; about: string }>> = {
  history: {
    label: 'History',
    about: 'Balances, equity, health and funding of each vault over time, one row a change.',
  },
  operations: {
    label: 'Operations',
    about: 'Deposits, withdrawals and transfers, with amount, outcome and signature.',
  },
  funding: { label: 'Funding', about: 'Each change of what a vault was paid or charged.' },
  activity: { label: 'Activity', about: 'What happened at this desk, by whom and when.' },
  alerts: { label: 'Alerts', about: 'What was raised, how bad it was, and when it was over.' },
};

export const FORMAT_WORDS: Readonly<Record<ExportFormat, string>> = {
  csv: 'For a spreadsheet. A text that a spreadsheet would compute gets an apostrophe before it.',
  json: 'For a program. The columns’ units and meanings stand in the file.',
};
