/** Made-up inboxes: lasting alerts of each gravity, passed ones, and news. */
import { alertId, type Alert, type AlertView } from '#domain/alert.ts';
import { networkId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { operationIdOf } from './capital-stories.ts';

export type AlertStory = 'none' | 'some' | 'many' | 'failing';

export const alertIdOf = (index: number) =>
  alertId(`a1e70000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`);

export function alertOf(index: number, part: Partial<Alert>, agoMs: number, nowMs: number): Alert {
  return {
    id: alertIdOf(index),
    key: `margin/${index}`,
    kind: 'margin',
    severity: 'warning',
    title: `Alert ${index}`,
    text: '',
    advice: '',
    vaultId: null,
    network: null,
    operationId: null,
    raisedAtMs: unixMs(nowMs - agoMs),
    changedAtMs: unixMs(nowMs - agoMs),
    clearedAtMs: null,
    acknowledgedAtMs: null,
    ...part,
  };
}

const asView = (alert: Alert): AlertView => ({ alert, revision: 1 });

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

function lasting(nowMs: number): Alert[] {
  return [
    alertOf(
      1,
      {
        severity: 'critical',
        title: 'Margin is critical on SOL carry',
        text: 'Health 19.9 is below 20. SOL-PERP is liquidated at 148.9200, 2.27 % from the oracle price.',
        advice: 'Deposit collateral or reduce the position now.',
        vaultId: vaultIdOf(2),
      },
      4 * MINUTE_MS,
      nowMs,
    ),
    alertOf(
      2,
      {
        kind: 'node',
        title: 'The endpoint “triton, own plan” limits Keel',
        text: 'It answered 429 six times and asked for a pause of 30 s.',
        advice: 'Keel uses “helios, Frankfurt” meanwhile, and returns by itself.',
        network: networkId('practice'),
      },
      11 * MINUTE_MS,
      nowMs,
    ),
    alertOf(
      3,
      {
        kind: 'exchange',
        title: 'The exchange has paused everything',
        text: 'Nothing can be traded, deposited or withdrawn.',
        advice: 'Nothing to do here: Keel watches until the exchange lifts it.',
        network: networkId('practice'),
        acknowledgedAtMs: unixMs(nowMs - 13 * HOUR_MS),
      },
      14.4 * HOUR_MS,
      nowMs,
    ),
  ];
}

function passed(nowMs: number): Alert[] {
  const over = (agoMs: number, part: Partial<Alert>, index: number, lastedMs: number): Alert =>
    alertOf(index, { clearedAtMs: unixMs(nowMs - agoMs + lastedMs), ...part }, agoMs, nowMs);
  return [
    over(
      25 * MINUTE_MS,
      {
        kind: 'operation',
        severity: 'info',
        title: 'Deposit of 1,250.00 USDC into Funding main is verified',
        text: 'The vault shows exactly the expected change.',
        vaultId: vaultIdOf(1),
        operationId: operationIdOf(1),
      },
      4,
      0,
    ),
    over(
      2.2 * HOUR_MS,
      {
        kind: 'sync',
        severity: 'critical',
        title: 'Funding main could not be synced',
        text: 'The endpoint did not answer within 4,000 ms, in 4 attempts.',
        vaultId: vaultIdOf(1),
      },
      5,
      94_000,
    ),
    over(
      5 * HOUR_MS,
      {
        title: 'Margin was low on SOL carry',
        text: 'Health fell to 48.7, below 50.',
        vaultId: vaultIdOf(2),
        acknowledgedAtMs: unixMs(nowMs - 4.9 * HOUR_MS),
      },
      6,
      18 * MINUTE_MS,
    ),
    over(
      27 * HOUR_MS,
      {
        kind: 'engine',
        severity: 'info',
        title: 'Keel’s engine was started again',
        text: 'It had stopped for 2 s; every vault was verified before anything went on.',
        acknowledgedAtMs: unixMs(nowMs - 26 * HOUR_MS),
      },
      7,
      0,
    ),
  ];
}

export function alertsOf(story: AlertStory, nowMs: number): readonly AlertView[] {
  switch (story) {
    case 'none':
    case 'failing':
      return [];
    case 'some':
      return [...lasting(nowMs), ...passed(nowMs)].map(asView);
    case 'many':
      return Array.from({ length: 230 }, (_, index) =>
        asView(
          alertOf(
            index,
            {
              title: `Margin was low on vault ${index}`,
              clearedAtMs: unixMs(nowMs - index * MINUTE_MS),
              acknowledgedAtMs: index % 3 === 0 ? null : unixMs(nowMs),
            },
            (index + 1) * MINUTE_MS,
            nowMs,
          ),
        ),
      );
  }
}
