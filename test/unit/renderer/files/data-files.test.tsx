// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { exportId, type ExportProgress, type ExportState } from '#domain/data-export.ts';
import { keelError } from '#domain/keel-error.ts';
import { openDialog, openSettings } from '#renderer/stores/navigation-store.ts';
import { useExportStore } from '#renderer/stores/export-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import {
  beginEachOnAnEmptyDesk,
  expectAccessible,
  NOW,
  openDeskWith,
  wait,
} from '../open-desk.tsx';

beginEachOnAnEmptyDesk();

const idOf = (number: number) => exportId(`00000000-0000-4000-8000-00000000000${number}`);
const progress = (number: number, state: ExportState, rows = 10): ExportProgress => ({
  id: idOf(number),
  subject: 'funding',
  format: 'csv',
  fileName: `file-${number}.csv`,
  rows,
  totalRows: 40,
  state,
});

async function open() {
  useExportStore.setState({ exports: [] });
  return openDeskWith(storyDesk('first', NOW));
}

describe('an export', () => {
  it('asks for what was chosen, in the span that was chosen', async () => {
    const fake = await open();
    act(() => openDialog({ kind: 'export', subject: 'operations', vaultIds: [] }));
    fireEvent.click(screen.getByRole('radio', { name: 'Funding' }));
    fireEvent.click(screen.getByRole('radio', { name: 'All' }));
    fireEvent.click(screen.getByRole('radio', { name: 'JSON' }));
    fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
    await wait(60);
    expect(fake.asked.find(({ name }) => name === 'export.start')?.request).toEqual({
      subject: 'funding',
      format: 'json',
      vaultIds: [],
      fromMs: null,
      toMs: null,
    });
    expect(screen.queryByTestId(TEST_IDS.dialog)).toBeNull();
  });

  it('stays and says why it cannot begin', async () => {
    const fake = await open();
    fake.refuse('export.start', keelError('EXPORT_FAILED', 'retry', 'Three already.', 'Wait.'));
    act(() => openDialog({ kind: 'export', subject: 'history', vaultIds: [] }));
    fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.dialogError).textContent).toContain('Three already.');
  });

  it('asks for nothing while the dates are no span', async () => {
    const fake = await open();
    act(() => openDialog({ kind: 'export', subject: 'history', vaultIds: [] }));
    fireEvent.click(screen.getByRole('radio', { name: 'Dates' }));
    fireEvent.change(screen.getByTestId(TEST_IDS.exportFrom), { target: { value: '2026-02-02' } });
    fireEvent.change(screen.getByTestId(TEST_IDS.exportTo), { target: { value: '2026-02-01' } });
    fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
    await wait(60);
    expect(fake.asked.some(({ name }) => name === 'export.start')).toBe(false);
    expect(screen.getByText(/first day is after/)).toBeTruthy();
  });

  it('is told of until it is dismissed, and can be cancelled or shown', async () => {
    const fake = await open();
    const tell = async (state: ExportState, rows = 10) => {
      fake.emit({ type: 'EXPORT_CHANGED', progress: progress(1, state, rows) });
      await wait(100);
    };
    await tell({ kind: 'running' });
    expect(screen.getByTestId(TEST_IDS.exportProgress).textContent).toContain('10 of 40 rows');
    fireEvent.click(screen.getByTestId(TEST_IDS.exportCancel));
    await wait(60);
    expect(fake.asked.at(-1)).toEqual({ name: 'export.cancel', request: { exportId: idOf(1) } });
    await tell({ kind: 'done' }, 40);
    fireEvent.click(screen.getByTestId(TEST_IDS.exportShow));
    await wait(60);
    expect(fake.asked.at(-1)?.name).toBe('export.showInFolder');
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByTestId(TEST_IDS.exportProgress)).toBeNull();
  });

  it('says aloud why it failed', async () => {
    const fake = await open();
    const error = keelError('EXPORT_FAILED', 'operator', 'The disk is full.', 'Free some space.');
    fake.emit({ type: 'EXPORT_CHANGED', progress: progress(1, { kind: 'failed', error }) });
    await wait(100);
    const line = screen.getByTestId(TEST_IDS.exportProgress);
    expect(line.textContent).toContain('The disk is full. Free some space.');
    expect(line.querySelector('[role="alert"]')).not.toBeNull();
  });

  it('never leaves the lines while it runs, however many end', async () => {
    const fake = await open();
    fake.emit({ type: 'EXPORT_CHANGED', progress: progress(1, { kind: 'running' }) });
    for (const number of [2, 3, 4, 5, 6]) {
      fake.emit({ type: 'EXPORT_CHANGED', progress: progress(number, { kind: 'done' }) });
    }
    await wait(100);
    const shown = screen.getAllByTestId(TEST_IDS.exportProgress);
    expect(shown.map((line) => line.dataset['export'])).toEqual([1, 4, 5, 6].map(idOf));
  });
});

const preview = {
  token: 'token',
  fileName: 'mine.json',
  changes: [{ field: 'theme', from: 'system', to: 'dark' }],
  refused: ['networks: endpoints are never imported.'],
};

describe('imported settings', () => {
  it('are shown before they count', async () => {
    const fake = await open();
    act(() => openDialog({ kind: 'import-settings', preview }));
    expect(screen.getByTestId(TEST_IDS.settingChange).textContent).toBe('themesystemdark');
    expect(screen.getByText(/never imported/)).toBeTruthy();
    expect(fake.asked.some(({ name }) => name === 'settings.applyImport')).toBe(false);
    fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
    await wait(60);
    expect(fake.asked.at(-1)).toEqual({
      name: 'settings.applyImport',
      request: { token: 'token' },
    });
  });

  it('that change nothing cannot be applied', async () => {
    await open();
    act(() => openDialog({ kind: 'import-settings', preview: { ...preview, changes: [] } }));
    expect(screen.queryByTestId(TEST_IDS.dialogSubmit)).toBeNull();
  });
});

it('begins practice anew only after the trader has said so', async () => {
  const fake = await open();
  act(() => openDialog({ kind: 'reset-practice' }));
  fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
  await wait(60);
  expect(fake.asked.some(({ name }) => name === 'practice.reset')).toBe(false);
  fireEvent.click(screen.getByTestId(TEST_IDS.practiceResetConfirm));
  fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
  await wait(60);
  expect(fake.asked.some(({ name }) => name === 'practice.reset')).toBe(true);
});

it('says why a link from outside opens nothing', async () => {
  const fake = await open();
  fake.emit({ type: 'LINK_REFUSED', reason: 'It names no vault.' });
  await wait(100);
  expect(screen.getByTestId(TEST_IDS.toast).textContent).toContain('It names no vault.');
});

it('is accessible: the section and its dialogs', async () => {
  await open();
  act(() => openSettings('data'));
  await wait(60);
  act(() => openDialog({ kind: 'export', subject: 'history', vaultIds: [] }));
  await expectAccessible();
  act(() => openDialog({ kind: 'import-settings', preview }));
  await expectAccessible();
  act(() => openDialog({ kind: 'reset-practice' }));
  await expectAccessible();
});
