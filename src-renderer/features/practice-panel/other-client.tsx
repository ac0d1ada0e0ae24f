import { useState } from 'react';
import { command } from '#renderer/stores/commands.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { readAmount } from '#renderer/ui/amount-input.ts';
import { shortenAddress } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

type Token = 'USDC' | 'SOL';

const DECIMALS: Readonly<Record<Token, number>> = { USDC: 6, SOL: 9 };

/** A deposit that Keel does not make: it must see it all the same. */
export function OtherClient() {
  const [subAccount, setSubAccount] = useState('0');
  const [token, setToken] = useState<Token>('USDC');
  const [typed, setTyped] = useState('25');
  const [busy, setBusy] = useState(false);
  const amount = readAmount(typed, { decimals: DECIMALS[token], symbol: token });
  const subAccountValid = /^\d{1,5}$/.test(subAccount) && Number(subAccount) <= 65_535;

  const deposit = async () => {
    if (!amount.ok || !subAccountValid) return;
    setBusy(true);
    const answer = await command('The deposit failed', 'practice.depositAsOther', {
      subAccountId: Number(subAccount),
      token,
      amount: amount.value,
    });
    setBusy(false);
    if (answer !== null) {
      showToast(
        'info',
        `Another client deposited ${typed.trim()} ${token}`,
        `Transaction ${shortenAddress(answer.signature)}`,
      );
    }
  };

  return (
    <section aria-labelledby="practice-other" className="practice-other">
      <h3 id="practice-other">Another client deposits</h3>
      <div className="practice-other-fields">
        <TextField
          label="Sub-account"
          inputMode="numeric"
          value={subAccount}
          error={subAccountValid ? null : '0 to 65,535.'}
          data-testid={TEST_IDS.practiceDepositSubAccount}
          onChange={(event) => setSubAccount(event.target.value)}
        />
        <TextField
          label="Amount"
          inputMode="decimal"
          value={typed}
          error={amount.ok ? null : amount.error}
          data-testid={TEST_IDS.practiceDepositAmount}
          onChange={(event) => setTyped(event.target.value)}
        />
        <SelectField
          label="Token"
          value={token}
          data-testid={TEST_IDS.practiceDepositToken}
          onChange={(event) => setToken(event.target.value as Token)}
        >
          <option>USDC</option>
          <option>SOL</option>
        </SelectField>
      </div>
      <Button
        busy={busy}
        aria-disabled={!amount.ok || !subAccountValid}
        data-testid={TEST_IDS.practiceDeposit}
        onClick={() => void deposit()}
      >
        Deposit as another client
      </Button>
    </section>
  );
}
