/** `npm run practice -- [--port 8899] [--data DIR] [--seed N]`: the practice network in a terminal. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPracticeNetwork } from './index.ts';
import type { PracticeHandle } from './index.ts';
import { practiceArguments } from './practice-arguments.ts';

const DEFAULT_PORT = 8899;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function describe({ network, world, starterKeypairPath }: PracticeHandle, dataDir: string): void {
  const { starter, deployment } = world;
  say('Practice network: a simulated Drift on this computer, with play money.');
  say(`  RPC          ${network.httpUrl}`);
  say(`  WebSocket    ${network.webSocketUrl}`);
  say(`  Second node  ${network.endpoints[1]?.httpUrl ?? 'none'}`);
  say(`  Genesis      ${network.genesisHash}`);
  say(`  Program      ${deployment.program.toBase58()} (state seed ${deployment.stateSeed})`);
  say(`  Quote mint   ${deployment.quoteMint.toBase58()}`);
  say(`  Trader       ${starter.authority.toBase58()}, sub-account ${starter.subAccountId}`);
  say(`  Its keypair  ${starterKeypairPath}`);
  say(`  Chain        ${dataDir}`);
  say('');
  say('Faucet:');
  say(example(network.httpUrl, 'airdrop', { address: 'YOUR_KEY', lamports: '1000000000' }));
  say(
    example(network.httpUrl, 'mintTokens', { owner: 'YOUR_KEY', token: 'USDC', amount: '1000000' }),
  );
  say('Faults:');
  say(example(network.httpUrl, 'setFaults', { rateLimitRate: 0.5 }));
  say('');
  say('Ctrl-C ends it; the chain is kept.');
}

function example(url: string, method: string, params: object): string {
  return `  curl -s ${url}/practice -d '${JSON.stringify({ method, params })}'`;
}

async function run(): Promise<void> {
  const { port = DEFAULT_PORT, data, seed } = practiceArguments(process.argv.slice(2));
  const dataDir = data ?? join(tmpdir(), `keel-practice-${port}`);
  const handle = await startPracticeNetwork({
    dataDir,
    port,
    ...(seed === undefined ? {} : { seed }),
  });
  describe(handle, dataDir);
  const end = (): void => {
    say('Saving the chain.');
    void handle.network.close().finally(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
