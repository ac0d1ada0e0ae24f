import { describe, expect, it, vi } from 'vitest';
import { KeelFault } from '#domain/keel-fault.ts';
import { keelError } from '#domain/keel-error.ts';
import { ok } from '#domain/result.ts';
import { CHANNELS } from '#ipc/contract.ts';
import { answerFromWindow, type WindowDoor } from '#main/ipc/answer-window.ts';
import { APP_ORIGIN, type Sender } from '#main/ipc/sender-check.ts';

const OWN_WINDOW = 7;
const trusted: Sender = {
  webContentsId: OWN_WINDOW,
  frameUrl: `${APP_ORIGIN}/index.html`,
  isMainFrame: true,
};
const someVault = '11111111-2222-3333-4444-555555555555';

function door(changes: { ownWebContentsId?: () => number | null } = {}) {
  const parts = {
    handlers: {
      'desk.load': vi.fn(),
      'settings.update': vi.fn(),
      'signer.openWindow': vi.fn(),
      'signer.lock': vi.fn(() => ok({})),
      'signer.renameKey': vi.fn(),
      'signer.addWatchOnly': vi.fn(),
      'signer.removeWatchOnly': vi.fn(),
      'shell.openExplorer': vi.fn(),
      'trading.haltAll': vi.fn(),
      'shell.testNotification': vi.fn(),
      'shell.copyDiagnostics': vi.fn(),
      'shell.reportRendererFault': vi.fn(),
      'backup.restore': vi.fn(),
      'export.start': vi.fn(),
      'export.cancel': vi.fn(),
      'export.showInFolder': vi.fn(),
      'network.loadEndpoints': vi.fn(),
      'network.testEndpoint': vi.fn(),
      'network.saveEndpoints': vi.fn(),
      'settings.exportFile': vi.fn(),
      'settings.previewImport': vi.fn(),
      'settings.applyImport': vi.fn(),
      'practice.reset': vi.fn(),
      'about.loadLicences': vi.fn(),
      'practice.load': vi.fn(),
      'practice.setFaults': vi.fn(() => ok({})),
      'practice.setExchangeStatus': vi.fn(),
      'practice.setMarket': vi.fn(),
      'practice.setHealth': vi.fn(),
      'practice.tradeAsOther': vi.fn(),
      'practice.depositAsOther': vi.fn(() => ok({ signature: 'abc' })),
    },
    forward: vi.fn(async () => ok({ verified: 1, failed: 0 })),
    ownWebContentsId: (): number | null => OWN_WINDOW,
    report: vi.fn(),
    onForbidden: vi.fn(),
    ...changes,
  };
  return parts satisfies WindowDoor;
}

describe('a request from the window', () => {
  const strangers: [string, Sender][] = [
    ['another window', { ...trusted, webContentsId: 8 }],
    ['a frame inside the window', { ...trusted, isMainFrame: false }],
    ['another origin', { ...trusted, frameUrl: 'https://keel.example/index.html' }],
    ['another host of the scheme', { ...trusted, frameUrl: 'app://other/index.html' }],
    ['a lookalike host', { ...trusted, frameUrl: 'app://keel.example/index.html' }],
    ['a user name in front of the host', { ...trusted, frameUrl: 'app://x@keel/index.html' }],
    ['a local file', { ...trusted, frameUrl: 'file:///index.html' }],
    ['a frame that is gone', { ...trusted, frameUrl: null }],
  ];
  it.each(strangers)('is refused from %s, before anything is parsed', async (_, sender) => {
    const parts = door();
    for (const channel of Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]) {
      const answer = await answerFromWindow(parts, channel, sender, {});
      expect(answer).toMatchObject({ ok: false, error: { code: 'SENDER_FORBIDDEN' } });
    }
    expect(parts.forward).not.toHaveBeenCalled();
    expect(parts.handlers['practice.setFaults']).not.toHaveBeenCalled();
    expect(parts.onForbidden).toHaveBeenCalledTimes(Object.keys(CHANNELS).length);
  });

  it('is refused while there is no window', async () => {
    const parts = door({ ownWebContentsId: () => null });
    const answer = await answerFromWindow(parts, 'desk.load', trusted, {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'SENDER_FORBIDDEN' } });
  });

  it('hands an engine channel on in wire form', async () => {
    const parts = door();
    const request = { vaultId: someVault };
    const answer = await answerFromWindow(parts, 'vault.syncNow', trusted, request);
    expect(answer).toEqual({ ok: true, value: { verified: 1, failed: 0 } });
    expect(parts.forward).toHaveBeenCalledWith('vault.syncNow', request);
  });

  it('never hands a malformed request on, and names field, value and remedy', async () => {
    const parts = door();
    const request = { name: 'Paper', engine: 'funding', network: 'practice', allocation: '1.5' };
    const answer = await answerFromWindow(parts, 'vault.createVirtual', trusted, request);
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'INPUT_INVALID',
        remedy: 'fix-input',
        message: 'vault.createVirtual: allocation is "1.5", which is not valid.',
        details: { field: 'allocation', value: '"1.5"' },
      },
    });
    expect(parts.forward).not.toHaveBeenCalled();
  });

  it.each([
    ['missing', {}, 'vaultId is missing'],
    ['too much', { vaultId: someVault, extra: 1 }, 'which is not valid'],
    ['not an object', 'all', 'the request is "all"'],
    ['nothing at all', undefined, 'the request is missing'],
  ])('is refused in words when it is %s', async (_, request, words) => {
    const answer = await answerFromWindow(door(), 'vault.activate', trusted, request);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
    if (!answer.ok) expect(answer.error.message).toContain(words);
  });

  it('decodes amounts for a handler and gives it nothing else', async () => {
    const parts = door();
    const request = { subAccountId: 0, token: 'USDC', amount: '2500000' };
    const answer = await answerFromWindow(parts, 'practice.depositAsOther', trusted, request);
    expect(answer).toEqual({ ok: true, value: { signature: 'abc' } });
    expect(parts.handlers['practice.depositAsOther']).toHaveBeenCalledWith({
      subAccountId: 0,
      token: 'USDC',
      amount: 2_500_000n,
    });
  });

  it('turns a throwing handler into INTERNAL without its words or stack', async () => {
    const parts = door();
    const bug = new Error('secret detail at /home/somebody');
    parts.handlers['practice.setFaults'].mockImplementation(() => {
      throw bug;
    });
    const answer = await answerFromWindow(parts, 'practice.setFaults', trusted, {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer)).not.toContain('secret detail');
    expect(parts.report).toHaveBeenCalledWith('practice.setFaults', bug);
  });

  it('keeps the error of a port that throws one', async () => {
    const parts = door();
    const error = keelError('DATABASE_WRITE_FAILED', 'operator', 'The disk is full.', 'Free some.');
    parts.handlers['practice.setFaults'].mockImplementation(() => {
      throw new KeelFault(error);
    });
    const answer = await answerFromWindow(parts, 'practice.setFaults', trusted, {});
    expect(answer).toEqual({ ok: false, error });
    expect(parts.report).not.toHaveBeenCalled();
  });

  it('answers INTERNAL when a handler breaks the contract', async () => {
    const parts = door();
    parts.handlers['practice.depositAsOther'].mockReturnValue(ok({ signature: 5 as never }));
    const request = { subAccountId: 0, token: 'SOL', amount: '1' };
    const answer = await answerFromWindow(parts, 'practice.depositAsOther', trusted, request);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  });
});
