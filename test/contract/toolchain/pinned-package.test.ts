/** A package outside the lockfile is installed whole and unaltered, or not at all. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const { installPinnedPackage } = require('#scripts/toolchain/pinned-package.cjs') as {
  installPinnedPackage: (
    folder: string,
    pinned: { name: string; version: string; integrity: string },
  ) => Promise<string>;
};

const NAME = 'some-tool';
const VERSION = '1.2.3';

let folder: string;
let tarball: Buffer;
let served: Buffer;
let server: Server;

function pack(): Buffer {
  const source = join(folder, 'package');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: NAME, version: VERSION }));
  writeFileSync(join(source, 'tool.txt'), 'the tool\n'.repeat(1_000));
  const file = join(folder, 'tool.tgz');
  const { status } = spawnSync('tar', ['-czf', file, '-C', folder, 'package']);
  expect(status).toBe(0);
  return readFileSync(file);
}

function integrityOf(content: Buffer): string {
  return `sha512-${createHash('sha512').update(content).digest('base64')}`;
}

/** A registry with one package, which serves whatever `served` holds. */
async function startRegistry(): Promise<string> {
  server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url?.endsWith('.tgz')) {
      response.end(served);
      return;
    }
    const address = `http://127.0.0.1:${port}/${NAME}.tgz`;
    const dist = { tarball: address, integrity: integrityOf(tarball) };
    const manifest = { name: NAME, version: VERSION, dist };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name: NAME,
        'dist-tags': { latest: VERSION },
        versions: { [VERSION]: manifest },
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const keptEnvironment = { ...process.env };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keel-pinned-'));
  tarball = pack();
  served = tarball;
  process.env['npm_config_registry'] = await startRegistry();
  process.env['npm_config_cache'] = join(folder, 'cache');
  process.env['npm_config_fetch_retries'] = '0';
});

afterEach(async () => {
  process.env = { ...keptEnvironment };
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

function install(): Promise<string> {
  const pinned = { name: NAME, version: VERSION, integrity: integrityOf(tarball) };
  return installPinnedPackage(join(folder, 'place'), pinned);
}

describe('a pinned package', () => {
  it('is there when its hash is right', async () => {
    const installed = await install();
    expect(readFileSync(join(installed, 'tool.txt'), 'utf8')).toContain('the tool');
  });

  it('is not fetched a second time', async () => {
    const first = await install();
    served = Buffer.from('gone');
    expect(await install()).toBe(first);
  });

  it('is refused when altered, and leaves nothing in its place', async () => {
    served = Buffer.from(tarball);
    served[served.length - 9] = 255 - (served[served.length - 9] ?? 0);
    await expect(install()).rejects.toThrow(/EINTEGRITY|integrity/);
    expect(existsSync(join(folder, 'place'))).toBe(false);
  });

  it('is refused when cut off, and mended by the next attempt', async () => {
    served = tarball.subarray(0, tarball.length / 2);
    await expect(install()).rejects.toThrow(/some-tool/);
    expect(existsSync(join(folder, 'place'))).toBe(false);
    served = tarball;
    expect(existsSync(join(await install(), 'tool.txt'))).toBe(true);
  });

  it('does not take a half installed folder for the package', async () => {
    const half = join(folder, 'place.part-killed', 'node_modules', NAME);
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'package.json'), JSON.stringify({ name: NAME, version: VERSION }));
    expect(existsSync(join(await install(), 'tool.txt'))).toBe(true);
    expect(existsSync(join(folder, 'place.part-killed'))).toBe(false);
  });
});
