/** Endpoints as the window edits them: what is typed is what is saved, and no address ever comes back out. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EndpointEdit, EndpointTest } from '#domain/endpoint-view.ts';
import { networkId, PRACTICE_NETWORK } from '#domain/ids.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import { createEndpointDesk } from '#main/app/endpoints/endpoint-desk.ts';
import type { ActivityNote } from '#main/app/activity-notes.ts';
import { inputError } from '#main/ipc/input-error.ts';
import { CHANNELS } from '#ipc/contract.ts';
import { openSettingsFile } from '#main/platform/settings-file.ts';

// Outside Electron the package would look for its binary.
vi.mock('electron', () => ({ default: {} }));

const MAINNET = networkId('mainnet');
const TOKEN = '7f3c9a51e0d24b6c8e1f';
const GOOD: EndpointTest = { lines: [], usable: true };

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'keel-endpoints-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const told: unknown[] = [];
  const note = (_event: string, fields?: unknown) => void told.push(fields);
  const logger = { debug: note, info: note, warn: note, error: note };
  const clock = { nowMs: () => unixMs(0) };
  const openFile = () => openSettingsFile({ folder, appVersion: '0.1.0', clock, logger });
  const settings = openFile();
  const tested: RpcEndpoint[] = [];
  const handed: (readonly Network[])[] = [];
  const notes: ActivityNote[] = [];
  let ids = 0;
  const practice: Network = {
    ...(settings.current().networks[0] as Network),
    id: PRACTICE_NETWORK,
    kind: 'practice',
    endpoints: [{ label: 'here', httpUrl: 'http://127.0.0.1:8', webSocketUrl: 'ws://127.0.0.1:9' }],
  };
  const desk = createEndpointDesk({
    settings,
    practice: () => practice,
    testEndpoint: (_, endpoint) => {
      tested.push(endpoint);
      return Promise.resolve(ok(GOOD));
    },
    networksChanged: (networks) => void handed.push(networks),
    noteActivity: (entry) => void notes.push(entry),
    newId: () => `id-${++ids}`,
  });
  const saved = () =>
    openFile()
      .current()
      .networks.find(({ id }) => id === MAINNET)?.endpoints;
  return { desk, folder, saved, tested, handed, notes, told };
}

const added = (label: string, httpUrl: string, webSocketUrl: string | null = null) =>
  ({ kind: 'new', label, httpUrl, webSocketUrl }) satisfies EndpointEdit;

async function refused(edits: readonly EndpointEdit[]): Promise<string> {
  const { desk, saved, handed } = open();
  const before = saved();
  const answer = await desk.save(MAINNET, edits);
  expect(answer).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNUSABLE' } });
  expect(saved()).toEqual(before);
  expect(handed).toEqual([]);
  return answer.ok ? '' : answer.error.message;
}

it('shows of an address its origin alone, under a name that is not made of it', async () => {
  const { desk } = open();
  await desk.save(MAINNET, [added('Own', `https://rpc.example.com/v2/${TOKEN}?key=${TOKEN}`)]);
  expect(await desk.load(MAINNET)).toEqual(
    ok([
      {
        id: expect.stringMatching(/^id-\d+$/),
        label: 'Own',
        address: 'https://rpc.example.com/…',
        webSocketAddress: 'wss://rpc.example.com/…',
        holdsToken: true,
      },
    ]),
  );
});

it('keeps the name of an endpoint while its label and place change', async () => {
  const { desk } = open();
  const first = await desk.save(MAINNET, [
    added('One', 'https://one.example.com'),
    added('Two', 'https://two.example.com/x'),
  ]);
  if (!first.ok) throw new Error(first.error.message);
  const [one, two] = first.value;
  if (one === undefined || two === undefined) throw new Error('two were saved');
  const second = await desk.save(MAINNET, [
    { kind: 'saved', id: two.id, label: 'Second' },
    { kind: 'saved', id: one.id, label: 'One' },
  ]);
  expect(second).toEqual(ok([{ ...two, label: 'Second' }, one]));
  expect(await desk.load(MAINNET)).toEqual(second);
});

it('hands the new list to the engine and the labels to the feed, once', async () => {
  const { desk, handed, notes } = open();
  await desk.save(MAINNET, [added('Own', `https://rpc.example.com/${TOKEN}`)]);
  expect(handed).toHaveLength(1);
  expect(handed[0]?.find(({ id }) => id === MAINNET)?.endpoints).toEqual([
    {
      label: 'Own',
      httpUrl: `https://rpc.example.com/${TOKEN}`,
      webSocketUrl: `wss://rpc.example.com/${TOKEN}`,
    },
  ]);
  expect(notes).toMatchObject([
    { kind: 'settings', title: 'Endpoints of Solana mainnet changed', text: 'In order: Own.' },
  ]);
  const again = await desk.load(MAINNET);
  const [view] = again.ok ? again.value : [];
  await desk.save(MAINNET, [{ kind: 'saved', id: view?.id ?? '', label: 'Own' }]);
  expect(handed).toHaveLength(1);
  expect(notes).toHaveLength(1);
});

it('writes the file for its user alone', async () => {
  const { desk, folder } = open();
  await desk.save(MAINNET, [added('Own', `https://rpc.example.com/${TOKEN}`)]);
  const file = join(folder, 'settings.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toContain(TOKEN);
});

describe('refuses', () => {
  const good = 'https://rpc.example.com';
  it.each([
    ['no address', 'rpc.example.com', 'not an address'],
    ['another scheme', 'ftp://rpc.example.com', 'must begin with https://'],
    ['a socket for an address', 'wss://rpc.example.com', 'must begin with https://'],
    ['plain http outside this computer', 'http://rpc.example.com', 'Not encrypted'],
    ['a host that only begins like this computer', 'http://127.0.0.1.example.com', 'Not encrypted'],
    ['a user before the host', `https://me:${TOKEN}@rpc.example.com`, 'cannot send a user'],
    ['a host behind a user', 'http://127.0.0.1\\@rpc.example.com/', 'cannot send a user'],
  ])('%s', async (_, httpUrl, why) => {
    const message = await refused([added('Own', httpUrl)]);
    expect(message).toContain('“Own”');
    expect(message).toContain(why);
    expect(message).not.toContain(TOKEN);
    expect(message).not.toContain('example.com/');
  });

  it('a socket of the wrong kind', async () => {
    expect(await refused([added('Own', good, good)])).toContain('must begin with wss://');
    expect(await refused([added('Own', good, 'ws://rpc.example.com')])).toContain('Not encrypted');
  });

  it('the same address or the same name twice, and names both', async () => {
    const twice = [added('First', `${good}/${TOKEN}`), added('Other', `${good}:443/${TOKEN}`)];
    expect(await refused(twice)).toContain('“Other” has the same address as “First”');
    const names = [added('Own', good), added('Own', 'https://other.example.com')];
    expect(await refused(names)).toContain('two endpoints are called “Own”');
  });

  it('one that is not there any more', async () => {
    expect(await refused([{ kind: 'saved', id: 'nobody', label: 'Own' }])).toContain('not there');
  });

  it('to change the practice network, which it shows all the same', async () => {
    const { desk } = open();
    expect(await desk.load(PRACTICE_NETWORK)).toMatchObject({ value: [{ label: 'here' }] });
    expect(await desk.save(PRACTICE_NETWORK, [added('Own', good)])).toMatchObject({ ok: false });
  });

  it('a network that is not there', async () => {
    const { desk } = open();
    const code = { error: { code: 'NETWORK_UNKNOWN' } };
    expect(await desk.load(networkId('nowhere'))).toMatchObject(code);
    expect(await desk.test(networkId('nowhere'), added('Own', good))).toMatchObject(code);
  });
});

it('takes a node on this computer without TLS', async () => {
  const { desk, saved } = open();
  const answer = await desk.save(MAINNET, [
    added('Here', 'http://127.0.0.1:8899', 'ws://127.0.0.1:8900'),
    added('There', 'http://[::1]:8899'),
  ]);
  expect(answer.ok).toBe(true);
  expect(saved()?.map(({ webSocketUrl }) => webSocketUrl)).toEqual([
    'ws://127.0.0.1:8900',
    'ws://[::1]:8899',
  ]);
});

const label = fc
  .string({ minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const endpoint = fc.record({
  label,
  token: fc.stringMatching(/^[a-f0-9]{20}$/),
  secure: fc.boolean(),
  socket: fc.boolean(),
});

it('saves, loads and tests any list as it was typed, and tells no token of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(endpoint, { minLength: 1, maxLength: 6, selector: (each) => each.label }),
      fc.nat(),
      async (typed, turn) => {
        const { desk, saved, tested, notes, told } = open();
        const urlsOf = (token: string, secure: boolean) => ({
          http: secure ? `https://${token.slice(0, 6)}.example.com/${token}` : 'http://127.0.0.1:1',
          ws: `wss://${token.slice(0, 6)}.example.com/ws/${token}`,
        });
        const edits = typed.map((each, index) => {
          const { http, ws } = urlsOf(each.token, each.secure);
          return added(each.label, `${http}/${index}`, each.socket ? ws : null);
        });
        const answers: unknown[] = [];
        for (const edit of edits) answers.push(await desk.test(MAINNET, edit));
        const first = await desk.save(MAINNET, edits);
        if (!first.ok) throw new Error(first.error.message);
        expect(first.value.map((view) => view.label)).toEqual(typed.map((each) => each.label));
        expect(saved()).toEqual(tested);
        expect(tested.map(({ httpUrl }) => httpUrl)).toEqual(edits.map(({ httpUrl }) => httpUrl));

        const by = turn % first.value.length;
        const turned = [...first.value.slice(by), ...first.value.slice(0, by)];
        const second = await desk.save(
          MAINNET,
          turned.map((view) => ({ kind: 'saved', id: view.id, label: view.label })),
        );
        expect(second).toEqual(ok(turned));
        expect(saved()).toEqual([...tested.slice(by), ...tested.slice(0, by)]);

        const everything = JSON.stringify([answers, first, second, notes, told]);
        for (const { token } of typed) expect(everything).not.toContain(token);
      },
    ),
    { numRuns: 40 },
  );
});

it('tells nothing of a request that the door refuses', () => {
  const long = `https://rpc.example.com/${TOKEN}${'x'.repeat(2_000)}`;
  for (const request of [
    { network: MAINNET, endpoints: [added('Own', long)] },
    {
      network: MAINNET,
      endpoints: [added(`https://rpc.example.com/${TOKEN}${TOKEN}${TOKEN}`, 'x')],
    },
    { network: MAINNET, endpoints: `https://rpc.example.com/${TOKEN}` },
  ]) {
    const parsed = CHANNELS['network.saveEndpoints'].request.safeParse(request);
    if (parsed.success) throw new Error('the door would take it');
    const error = inputError('network.saveEndpoints', request, parsed.error);
    expect(JSON.stringify(error)).not.toContain(TOKEN);
  }
});

it('does not repeat an address that was pasted as a name', async () => {
  const { desk, notes } = open();
  const httpUrl = `https://rpc.example.com/${TOKEN}`;
  const answer = await desk.save(MAINNET, [added(httpUrl, httpUrl)]);
  expect(JSON.stringify([answer, notes])).not.toContain(TOKEN);
  const doubled = await desk.save(MAINNET, [added(httpUrl, httpUrl), added(httpUrl, httpUrl)]);
  expect(doubled.ok).toBe(false);
  expect(JSON.stringify(doubled)).not.toContain(TOKEN);
  const bad = await desk.save(MAINNET, [added(`http://rpc.example.com/${TOKEN}`, 'x')]);
  expect(JSON.stringify(bad)).not.toContain(TOKEN);
});
