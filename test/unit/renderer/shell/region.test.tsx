/** A part that fails alone: what it says, the way back, and what reaches the log. */
import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { detailsOfFault } from '#renderer/app/faults/fault-words.ts';
import { Region } from '#renderer/app/faults/region.tsx';
import { RootBoundary } from '#renderer/app/faults/root-boundary.tsx';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import { createFakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { beginEachOnAnEmptyDesk, NOW } from '../open-desk.tsx';

beginEachOnAnEmptyDesk();

let broken = true;
beforeEach(() => {
  broken = true;
  // React writes every caught error to the console as well.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

function Fragile({ error = new Error('no such field') }: { readonly error?: Error }) {
  if (broken) throw error;
  return <p>whole</p>;
}

const fakeMain = () => {
  const fake = createFakeKeel(storyDesk('first', NOW), NOW);
  vi.stubGlobal('keel', fake.api);
  return fake;
};

describe('a region', () => {
  it('says what failed, leaves its neighbours alone, and tells the log', () => {
    const fake = fakeMain();
    render(
      <>
        <p>neighbour</p>
        <Region where="screen vaults" what="This screen">
          <Fragile />
        </Region>
      </>,
    );
    expect(screen.getByText('neighbour')).toBeTruthy();
    const failed = screen.getByTestId(TEST_IDS.regionFailed);
    expect(failed.textContent).toContain('This screen failed');
    expect(failed.textContent).toContain('WINDOW_FAULT');
    const told = fake.asked.filter(({ name }) => name === 'shell.reportRendererFault');
    expect(told[0]?.request).toMatchObject({
      where: 'screen vaults',
      message: 'Error: no such field',
    });
  });

  it('is drawn again on demand', () => {
    fakeMain();
    render(
      <Region where="screen keys" what="This screen">
        <Fragile />
      </Region>,
    );
    broken = false;
    fireEvent.click(screen.getByTestId(TEST_IDS.regionAgain));
    expect(screen.getByText('whole')).toBeTruthy();
  });

  it('leads to the overview', () => {
    fakeMain();
    useNavigationStore.setState({ route: { kind: 'keys' } });
    render(
      <Region where="screen keys" what="This screen">
        <Fragile />
      </Region>,
    );
    broken = false;
    fireEvent.click(screen.getByTestId(TEST_IDS.regionHome));
    expect(useNavigationStore.getState().route.kind).toBe('overview');
    expect(screen.getByText('whole')).toBeTruthy();
  });

  it('forgets a failure once another screen is in front', () => {
    fakeMain();
    function Way() {
      const [place, setPlace] = useState('keys');
      return (
        <>
          <button type="button" onClick={() => setPlace('inbox')}>
            go
          </button>
          <Region where={`screen ${place}`} what="This screen" resetOn={place}>
            <Fragile />
          </Region>
        </>
      );
    }
    render(<Way />);
    broken = false;
    fireEvent.click(screen.getByText('go'));
    expect(screen.getByText('whole')).toBeTruthy();
  });

  it('keeps the code of a fault that Keel knows', () => {
    fakeMain();
    const known = new KeelFault(keelError('RPC_TIMEOUT', 'retry', 'No answer.', 'Wait.'));
    render(
      <Region where="screen keys" what="This screen">
        <Fragile error={known} />
      </Region>,
    );
    expect(screen.getByTestId(TEST_IDS.regionFailed).textContent).toContain('RPC_TIMEOUT');
  });

  it('cannot flood the log', () => {
    vi.setSystemTime(NOW + 600_000);
    const fake = fakeMain();
    for (let index = 0; index < 40; index += 1) {
      render(
        <Region where="screen keys" what="This screen">
          <Fragile />
        </Region>,
      );
    }
    const told = fake.asked.filter(({ name }) => name === 'shell.reportRendererFault');
    expect(told).toHaveLength(12);
  });
});

describe('the last boundary', () => {
  it('stands when everything else fell, and draws again', () => {
    vi.setSystemTime(NOW + 1_200_000);
    fakeMain();
    render(
      <RootBoundary>
        <Fragile />
      </RootBoundary>,
    );
    broken = false;
    fireEvent.click(screen.getByText('Draw it again'));
    expect(screen.getByText('whole')).toBeTruthy();
  });
});

describe('the details', () => {
  it('are bounded, and name where and what', () => {
    const error = new Error('x'.repeat(10_000));
    const text = detailsOfFault(error, 'screen keys', 'Keel 0.1.0, Electron 45');
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toContain('screen keys failed (WINDOW_FAULT)');
    expect(text).toContain('Keel 0.1.0');
  });
});
