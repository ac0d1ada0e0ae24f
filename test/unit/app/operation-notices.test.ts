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
    deskFocused: () => desk === 'focused',
    show,
  });
  const change = (changes: Partial<CapitalOperation>, wait: OperationView['wait'] = null): void => {
    const view = { operation: { ...operation, ...changes }, wait, finalizedBlockHeight: null };
    tell({ type: 'OPERATION_CHANGED', view: { ...view, revision: 1 } } as DeskEvent);
  };
  return { show, change };
}

describe('notices of operations', () => {
  it.each(['requested', 'submitted', 'discrepant', 'unresolved', 'rejected', 'verified'] as const)(
    'say nothing of one that is %s: the alerts do',
    (state) => {
      const { show, change } = told('hidden');
      change({ state, error });
      expect(show).not.toHaveBeenCalled();
    },
  );

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
    const { show, change } = told('hidden');
    const intent = {
      kind: 'create-sub-account',
      vault: { name: 'New' },
      accountName: 'Second',
    } as unknown as CapitalOperation['intent'];
    change({ state: 'simulated', intent }, { kind: 'unlock' });
    expect(show.mock.calls[0]?.[0]).toMatchObject({
      title: 'Opening “Second” waits for you',
      vaultId: null,
    });
  });
});
