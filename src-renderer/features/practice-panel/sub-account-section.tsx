import { useState } from 'react';
import type { NetworkId } from '#domain/ids.ts';
import { price } from '#domain/units.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useVaultViews } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { readAmount } from '#renderer/ui/amount-input.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { formatPrice, shortenAddress } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { Fold } from './fold.tsx';
import { readHealth } from './venue-words.ts';

type Token = 'USDC' | 'SOL';
type Side = 'long' | 'short';

const DECIMALS: Readonly<Record<Token, number>> = { USDC: 6, SOL: 9 };
const SOL_PERP = 0;

/** What Keel does not do itself and must see all the same: deposits, orders, and prices that eat margin. */
export function SubAccountSection() {
  const [typed, setTyped] = useState('0');
  const isValid = /^\d{1,5}$/.test(typed) && Number(typed) <= 65_535;
  const subAccountId = isValid ? Number(typed) : null;
  return (
    <Fold title="A sub-account" aside={<VaultName subAccountId={subAccountId} />} isOpenAtFirst>
      <TextField
        label="Sub-account"
        hint="What follows is done to it by another client, outside Keel."
        inputMode="numeric"
        value={typed}
        error={isValid ? null : '0 to 65,535.'}
        data-testid={TEST_IDS.practiceDepositSubAccount}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Deposit subAccountId={subAccountId} />
      <Order subAccountId={subAccountId} />
      <MoveHealth subAccountId={subAccountId} />
    </Fold>
  );
}

interface OnSubAccount {
  /** Null: what was typed is none. */
  readonly subAccountId: number | null;
}

function VaultName({ subAccountId }: OnSubAccount) {
  const network = usePracticeId();
  const found = useVaultViews().find(
    ({ vault }) =>
      vault.vaultType === 'onChain' &&
      vault.network === network &&
      vault.subAccountId === subAccountId,
  );
  return found === undefined ? null : found.vault.name;
}

const usePracticeId = (): NetworkId | undefined =>
  useDeskStore((state) => state.networks.find(({ kind }) => kind === 'practice')?.id);

function Deposit({ subAccountId }: OnSubAccount) {
  const [token, setToken] = useState<Token>('USDC');
  const [typed, setTyped] = useState('25');
  const [busy, setBusy] = useState(false);
  const amount = readAmount(typed, { decimals: DECIMALS[token], symbol: token });
  const deposit = async () => {
    if (!amount.ok || subAccountId === null) return;
    setBusy(true);
    const answer = await command('The deposit failed', 'practice.depositAsOther', {
      subAccountId,
      token,
      amount: amount.value,
    });
    setBusy(false);
    if (answer !== null) {
      tell(`Another client deposited ${typed.trim()} ${token}`, answer.signature);
    }
  };
  return (
    <div className="practice-row">
      <TextField
        label="Deposit"
        inputMode="decimal"
        value={typed}
        error={amount.ok ? null : amount.error}
        data-testid={TEST_IDS.practiceDepositAmount}
        onChange={({ target }) => setTyped(target.value)}
      />
      <SelectField
        label="Token"
        value={token}
        data-testid={TEST_IDS.practiceDepositToken}
        onChange={({ target }) => setToken(target.value as Token)}
      >
        <option>USDC</option>
        <option>SOL</option>
      </SelectField>
      <Button
        busy={busy}
        aria-disabled={!amount.ok || subAccountId === null}
        data-testid={TEST_IDS.practiceDeposit}
        onClick={() => void deposit()}
      >
        Deposit
      </Button>
    </div>
  );
}

function Order({ subAccountId }: OnSubAccount) {
  const [side, setSide] = useState<Side>('short');
  const [typed, setTyped] = useState('100');
  const [busy, setBusy] = useState(false);
  const size = readAmount(typed, { decimals: 9, symbol: 'SOL' });
  const trade = async () => {
    if (!size.ok || subAccountId === null) return;
    setBusy(true);
    const answer = await command('The order failed', 'practice.tradeAsOther', {
      subAccountId,
      marketIndex: SOL_PERP,
      side,
      base: size.value,
    });
    setBusy(false);
    if (answer !== null) {
      tell(`Another client traded ${typed.trim()} SOL-PERP ${side}`, answer.signature);
    }
  };
  return (
    <div className="practice-row">
      <TextField
        label="Order"
        unit="SOL"
        inputMode="decimal"
        value={typed}
        error={size.ok ? null : size.error}
        data-testid={TEST_IDS.practiceTradeSize}
        onChange={({ target }) => setTyped(target.value)}
      />
      <SelectField
        label="Side"
        value={side}
        data-testid={TEST_IDS.practiceTradeSide}
        onChange={({ target }) => setSide(target.value as Side)}
      >
        <option>short</option>
        <option>long</option>
      </SelectField>
      <Button
        busy={busy}
        aria-disabled={!size.ok || subAccountId === null}
        data-testid={TEST_IDS.practiceTrade}
        onClick={() => void trade()}
      >
        Trade
      </Button>
    </div>
  );
}

function tell(what: string, signature: string): void {
  showToast('info', what, `Transaction ${shortenAddress(signature)}`);
}

/** Moves the price of SOL until the sub-account has a health: the quickest way to a margin alert. */
function MoveHealth({ subAccountId }: OnSubAccount) {
  const [typed, setTyped] = useState('49.9');
  const [busy, setBusy] = useState(false);
  const healthBps = readHealth(typed);
  const move = async () => {
    if (healthBps === null || subAccountId === null) return;
    setBusy(true);
    const answer = await command('The price could not be moved', 'practice.setHealth', {
      subAccountId,
      marketIndex: SOL_PERP,
      healthBps,
    });
    setBusy(false);
    if (answer !== null) {
      const at = formatPrice(price(answer.price));
      showToast('info', `SOL is held at ${at}`, `Health ${typed.trim()} at this price.`);
    }
  };
  return (
    <div className="practice-row practice-row-two">
      <TextField
        label="Health to reach"
        inputMode="decimal"
        value={typed}
        error={healthBps === null ? '0 to 100.' : null}
        data-testid={TEST_IDS.practiceHealth}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button
        busy={busy}
        aria-disabled={healthBps === null || subAccountId === null}
        data-testid={TEST_IDS.practiceMoveHealth}
        title="Moves the price of SOL until the sub-account has this health"
        onClick={() => void move()}
      >
        Move the price
      </Button>
    </div>
  );
}
