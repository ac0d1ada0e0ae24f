/** The fields of a movement of money: whereto, of what, and how much. */
import type { CapitalFacts, TokenFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { Limit } from '#domain/check-capital.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { formatToken } from '#renderer/features/operations/operation-words.ts';
import { plainDecimal } from '#renderer/ui/amount-input.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

interface TargetFieldProps {
  readonly targets: readonly EngineVault[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

export function TargetField({ targets, value, onChange }: TargetFieldProps) {
  if (targets.length === 0) return null;
  return (
    <SelectField
      label="To vault"
      value={value}
      data-testid={TEST_IDS.fieldToVault}
      onChange={(event) => onChange(event.target.value)}
    >
      {targets.map((target) => (
        <option key={target.id} value={target.id}>
          {target.name}
          {target.vaultType === 'onChain' ? ` · sub-account ${target.subAccountId}` : ''}
        </option>
      ))}
    </SelectField>
  );
}

interface TokenFieldProps {
  readonly kind: MoveKind;
  readonly facts: CapitalFacts;
  readonly chosen: TokenFacts;
  readonly onChange: (marketIndex: number) => void;
}

/** Each token with what is there: in the wallet for a deposit, else in the vault. */
export function TokenField({ kind, facts, chosen, onChange }: TokenFieldProps) {
  const there = (token: TokenFacts) =>
    kind === 'deposit' && facts.walletLamports !== null ? token.walletAmount : token.vaultAmount;
  const place = kind === 'deposit' && facts.walletLamports !== null ? 'wallet' : 'vault';
  return (
    <SelectField
      label="Token"
      hint={`${formatToken(there(chosen), chosen.token)} in the ${place}`}
      value={chosen.token.marketIndex}
      data-testid={TEST_IDS.fieldToken}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {facts.tokens.map((other) => (
        <option key={other.token.marketIndex} value={other.token.marketIndex}>
          {other.token.symbol}
        </option>
      ))}
    </SelectField>
  );
}

interface AmountFieldProps {
  readonly token: TokenFacts;
  readonly typed: string;
  readonly error: string | null;
  readonly limit: Limit | null;
  readonly onChange: (typed: string) => void;
}

export function AmountField({ token: { token }, typed, error, limit, onChange }: AmountFieldProps) {
  const hint = hintOf(limit, token);
  return (
    <div className={limit === null ? '' : 'amount-with-max'}>
      <TextField
        label="Amount"
        unit={token.symbol}
        inputMode="decimal"
        autoFocus
        placeholder="0.00"
        value={typed}
        hint={hint}
        error={error}
        data-testid={TEST_IDS.fieldAmount}
        onChange={(event) => onChange(event.target.value)}
      />
      {limit !== null && (
        <Button
          title={hint}
          aria-disabled={limit.max <= 0n}
          data-testid={TEST_IDS.capitalMax}
          onClick={() => onChange(plainDecimal(limit.max, token.decimals))}
        >
          Max
        </Button>
      )}
    </div>
  );
}

/** Null: paper money comes in as it is wanted. What forbids everything stands below, in full. */
function hintOf(limit: Limit | null, token: TokenFacts['token']): string {
  if (limit === null) return 'Paper money: any amount.';
  if (limit.max <= 0n) return 'Nothing may be moved now.';
  return `Max ${formatToken(limit.max, token)}. ${limit.text}`;
}
