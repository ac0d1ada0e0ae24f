/** A short soak; the long ones are `npm run soak`. */
import { expect, it } from 'vitest';
import { passed, reportText } from '#scripts/soak/report.ts';
import { soakHost } from '#scripts/soak/soak-host.ts';

it('minutes of random faults leave every vault in step, and no rejection unhandled', async () => {
  const said: string[] = [];
  const report = await soakHost({ minutes: 4, speed: 6, seed: 5, say: (line) => said.push(line) });
  expect(passed(report), `${said.join('\n')}\n${reportText(report)}`).toBe(true);
  expect(report.phases).toBeGreaterThan(3);
  expect(report.vaults).toBe(8);
  expect(report.rpcCallsPerHour).toBeGreaterThan(0);
});
