import { describe, expect, it, vi } from 'vitest';
import { newOperation } from '#domain/advance-operation.ts';
import type { CapitalOperation, OperationView } from '#domain/capital-operation.ts';
import { address, operationId, PRACTICE_NETWORK, vaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { tokenAmount, unixMs } from '#domain/units.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createOperationNotices } from '#main/app/operation-notices.ts';

const vault = vaultId('11111111-2222-3333-4444-555555555555');
const key = address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');
const error = keelError('OPERATION_DISCREPANT', 'operator', 'It differs.', 'Look.');

const operation = newOperation({
  id: operationId('22222222-2222-3333-4444-555555555555'),
  network: PRACTICE_NETWORK,
  vaultType: 'onChain',
  intent: {
    kind: 'withdraw',
    vaultId: vault,
    token: { symbol: 'USDC', marketIndex: 0, mint: key, decimals: 6 },
    amount: tokenAmount(1_500_250_000n),
  },
  signerKey: null,
  value: null,
  atMs: unixMs(1),
  cause: 'Asked for.',
});

function told(desk: 'hidden' | 'visible' | 'focused' = 'focused') {
  const show = vi.fn();
  const tell = createOperationNotices({
    deskVisible: () => desk !== 'hidden',
    deskFocused: () => desk === 'focused',
    nameOf: () => 'Funding',
    show,
  });
  const change = (changes: Partial<CapitalOperation>, wait: OperationView['wait'] = null): void => {
    const view = { operation: { ...operation, ...changes }, wait, finalizedBlockHeight: null };
    tell({ type: 'OPERATION_CHANGED', view: { ...view, revision: 1 } } as DeskEvent);
  };
  return { show, change };
}

describe('notices of operations', () => {
  it.each(['discrepant', 'unresolved', 'rejected', 'expired'] as const)(
    'tell of one that is %s, once, also to a trader who looks',
    (state) => {
      const { show, change } = told();
      change({ state, error });
      change({ state, error });
      expect(show).toHaveBeenCalledTimes(1);
      expect(show.mock.calls[0]?.[0]).toMatchObject({
        title: expect.stringContaining('Withdrawal of 1,500.25 USDC'),
        body: 'It differs. Look.',
        vaultId: vault,
      });
    },
  );

  it.each(['requested', 'planned', 'submitted', 'confirmed', 'denied'] as const)(
    'say nothing of one that is %s',
    (state) => {
      const { show, change } = told('hidden');
      change({ state, error });
      expect(show).not.toHaveBeenCalled();
    },
  );

  it('tell of a verified one only where nobody sees the desk', () => {
    const seen = told('visible');
    seen.change({ state: 'verified' });
    expect(seen.show).not.toHaveBeenCalled();
    const unseen = told('hidden');
    unseen.change({ state: 'verified' });
    expect(unseen.show.mock.calls[0]?.[0]).toMatchObject({
      title: 'Withdrawal of 1,500.25 USDC is verified',
      body: expect.stringContaining('Funding'),
    });
  });

  it('call the trader when an operation waits, once for each thing that it waits for', () => {
    const { show, change } = told('visible');
    change({ state: 'simulated' }, { kind: 'unlock' });
    change({ state: 'simulated' }, { kind: 'unlock' });
    change({ state: 'simulated' }, { kind: 'confirmation' });
    change({ state: 'approved' }, { kind: 'sync' });
    expect(show.mock.calls.map(([notice]) => notice.body)).toEqual([
      expect.stringContaining('locked'),
      expect.stringContaining("signer's window"),
    ]);
  });

  it('call nobody who is there', () => {
    const { show, change } = told('focused');
    change({ state: 'simulated' }, { kind: 'confirmation' });
    expect(show).not.toHaveBeenCalled();
  });

  it('open no vault that is not there yet', () => {
    const { show, change } = told();
    const intent = {
      kind: 'create-sub-account',
      vault: { name: 'New' },
      accountName: 'Second',
    } as unknown as CapitalOperation['intent'];
    change({ state: 'rejected', error, intent });
    expect(show.mock.calls[0]?.[0]).toMatchObject({
      title: 'Opening “Second” was rejected',
      vaultId: null,
    });
  });
});
