import { ServerCog } from 'lucide-react';
import { formatExact } from '#renderer/ui/format.ts';
import type { SimulationLine } from '#domain/signing.ts';
import { SIGNER_TEST_IDS } from './signer-test-ids.ts';

/** The node's simulation, set apart from what the signer knows: a hostile node may say anything here. */
export function NodeWord({ lines }: { readonly lines: readonly SimulationLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section
      className="node-word"
      aria-label="What the node says"
      data-testid={SIGNER_TEST_IDS.simulation}
    >
      <p className="node-word-head">
        <ServerCog size={13} aria-hidden />
        What the node says would happen. The signer cannot check it.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Balance</span>
            </th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label}>
              <th scope="row">{line.label}</th>
              <td>{line.before === null ? '—' : amountOf(line.before, line)}</td>
              <td>{amountOf(line.after, line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const amountOf = (units: bigint | null, { decimals, unit }: SimulationLine): string =>
  units === null ? 'not known' : `${formatExact(units, decimals)} ${unit}`;
