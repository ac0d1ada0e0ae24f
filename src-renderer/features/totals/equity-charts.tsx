import { useMemo, useState, type ReactNode } from 'react';
import { TotalsChartPanel } from '#renderer/features/charts/totals-chart.tsx';
import { useDeskSummary } from '#renderer/features/verdict/desk-summary.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { MONEY_WORDS } from '#renderer/ui/vault-chips.tsx';
import { moneyGroups, type MoneyGroup, type MoneyPart } from './money-groups.ts';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly group: MoneyGroup;
  readonly part: MoneyPart;
}

/** Equity over time, one money on one network at a time: they are never in one picture's sum. */
export function EquityCharts() {
  const { vaults } = useDeskSummary();
  const networks = useDeskStore((state) => state.networks);
  const choices = useMemo(() => choicesOf(moneyGroups(vaults, networks)), [vaults, networks]);
  const [wanted, setWanted] = useState<string | null>(null);
  const chosen = choices.find(({ key }) => key === wanted) ?? choices[0];
  const options = choices.map(({ key, label }) => ({ value: key, label }));
  const aside = useSteady(options, chosen?.key ?? '', setWanted);
  if (chosen === undefined) return null;
  const { group, part } = chosen;
  const fresh = part.standing.health === 'fresh';
  return (
    <TotalsChartPanel
      key={chosen.key}
      title={`Equity: ${chosen.label}`}
      money={group.money}
      network={part.network}
      symbol={part.symbol}
      staleSinceMs={fresh ? null : part.standing.observedAtMs}
      aside={aside}
    />
  );
}

/** The same element as long as it would look the same: the chart beside it is not drawn anew each second. */
function useSteady(
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
  onChange: (value: string) => void,
): ReactNode {
  const told = JSON.stringify(options);
  return useMemo(() => {
    const shown = JSON.parse(told) as typeof options;
    return (
      shown.length > 1 && (
        <Segmented
          label="Equity of which money"
          value={value}
          options={shown}
          onChange={onChange}
        />
      )
    );
  }, [told, value, onChange]);
}

function choicesOf(groups: readonly MoneyGroup[]): readonly Choice[] {
  return groups.flatMap((group) =>
    group.parts.map((part) => ({
      key: `${group.money}/${part.network}`,
      label:
        group.parts.length === 1
          ? MONEY_WORDS[group.money]
          : `${MONEY_WORDS[group.money]}, ${part.label}`,
      group,
      part,
    })),
  );
}
