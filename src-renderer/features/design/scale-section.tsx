import { DENSITIES } from '#domain/desk-settings.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { Sample, Samples } from './sample.tsx';

const SIZES = ['2xl', 'xl', 'l', 'm', 's', 'xs'] as const;
const SPACES = ['1', '2', '3', '4', '5', '6'] as const;
const RADII = ['xs', 's', '', 'l'] as const;

/** Type, space, corners and shadows; and the same table in both densities. */
export function ScaleSection() {
  return (
    <>
      <div className="type-scale">
        {SIZES.map((size) => (
          <p key={size} style={{ fontSize: `var(--text-${size})` }}>
            Keel holds 1,234,567.89 <span className="faint">--text-{size}</span>
          </p>
        ))}
        <p className="mono">7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU</p>
      </div>
      <Samples>
        {SPACES.map((space) => (
          <Sample key={space} name={`--space-${space}`}>
            <span className="space-bar" style={{ width: `var(--space-${space})` }} />
          </Sample>
        ))}
        {RADII.map((radius) => (
          <Sample key={radius} name={`--radius${radius === '' ? '' : `-${radius}`}`}>
            <span
              className="corner"
              style={{ borderRadius: `var(--radius${radius === '' ? '' : `-${radius}`})` }}
            />
          </Sample>
        ))}
        <Sample name="--shadow">
          <span className="corner shadow-usual" />
        </Sample>
        <Sample name="--shadow-pop">
          <span className="corner shadow-pop" />
        </Sample>
        <Sample name="keys">
          <Kbd keys="Ctrl+Shift+H" />
        </Sample>
      </Samples>
      <div className="densities">
        {DENSITIES.map((density) => (
          <div key={density} className="panel" data-density={density}>
            <header className="panel-head">
              <h3>{density}</h3>
              <Button>Sync now</Button>
            </header>
            <DensityTable />
          </div>
        ))}
      </div>
    </>
  );
}

function DensityTable() {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th>Token</th>
          <th className="num">Amount</th>
        </tr>
      </thead>
      <tbody>
        {['USDC', 'SOL', 'JitoSOL'].map((token) => (
          <tr key={token}>
            <td>{token}</td>
            <td className="num">1,204.50</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
