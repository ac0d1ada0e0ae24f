import { Check, FlaskConical, KeyRound, Search } from 'lucide-react';
import { Checkbox } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { address, networkId, type Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { formatQuote } from '#renderer/ui/format.ts';
import { knownKeyTestId, TEST_IDS } from '#renderer/ui/test-ids.ts';
import { checkAuthority, checkSubAccount, type CreateForm } from './create-form.ts';

type Scanned = ResponseOf<'vault.scanAuthority'>['subAccounts'];

interface OnChainFieldsProps {
  readonly form: UseFormReturn<CreateForm>;
}

/** The sub-accounts that the node knows of the authority in the form; null: not asked, or it failed. */
function useScan(form: UseFormReturn<CreateForm>) {
  const [scanned, setScanned] = useState<Scanned | null>(null);
  const [busy, setBusy] = useState(false);
  const refuse = ({ message, advice }: KeelError) =>
    form.setError('authority', { message: `${message} ${advice}` });
  const show = (found: Scanned | null) => {
    setScanned(found);
    form.setValue('ticked', []);
  };
  const scan = async () => {
    if (!(await form.trigger('authority', { shouldFocus: true }))) return;
    const { network, authority } = form.getValues();
    setBusy(true);
    const answer = await request('vault.scanAuthority', {
      network: networkId(network),
      authority: address(authority.trim()),
    });
    setBusy(false);
    show(answer.ok ? answer.value.subAccounts : null);
    if (!answer.ok) refuse(answer.error);
  };
  const take = async (authority: string) => {
    form.setValue('authority', authority, { shouldValidate: true });
    await scan();
  };
  const takePracticeTrader = async () => {
    const answer = await request('practice.load', {});
    if (!answer.ok) return refuse(answer.error);
    await take(answer.value.authority);
  };
  return { scanned, busy, forget: () => show(null), scan, take, takePracticeTrader };
}

/** The authority, and its sub-account by number or picked from a scan. */
export function OnChainFields({ form }: OnChainFieldsProps) {
  const ticked = form.watch('ticked');
  const { errors } = form.formState;
  const network = form.watch('network');
  const isPractice = useDeskStore((state) =>
    state.networks.some(({ id, kind }) => id === network && kind === 'practice'),
  );

  const { scanned, busy, forget, scan, take, takePracticeTrader } = useScan(form);
  const tick = (subAccountId: number, on: boolean) => {
    const others = ticked.filter((other) => other !== subAccountId);
    form.setValue('ticked', on ? [...others, subAccountId].sort((a, b) => a - b) : others);
  };

  return (
    <>
      <div className="scan-row">
        <TextField
          label="Authority"
          hint="The public key that owns the sub-account."
          className="mono"
          data-testid={TEST_IDS.fieldAuthority}
          error={errors.authority?.message}
          {...form.register('authority', { validate: checkAuthority, onChange: forget })}
        />
        <Button
          busy={busy}
          icon={<Search size={14} aria-hidden />}
          data-testid={TEST_IDS.scanAuthority}
          onClick={() => void scan()}
        >
          Find sub-accounts
        </Button>
      </div>
      <div className="known-keys">
        {isPractice && (
          <Button
            tone="quiet"
            className="practice-trader"
            icon={<FlaskConical size={14} aria-hidden />}
            onClick={() => void takePracticeTrader()}
          >
            Use the practice trader
          </Button>
        )}
        <KnownKeys isPractice={isPractice} onTake={(key) => void take(key)} />
      </div>
      {scanned !== null && (
        <ScanResult
          scanned={scanned}
          ticked={ticked}
          onTick={tick}
          onAll={(all) => form.setValue('ticked', all)}
        />
      )}
      {ticked.length === 0 && (
        <TextField
          label="Sub-account number"
          inputMode="numeric"
          data-testid={TEST_IDS.fieldSubAccount}
          error={errors.subAccount?.message}
          {...form.register('subAccount', { validate: checkSubAccount })}
        />
      )}
      {ticked.length > 1 && (
        <p className="muted">
          Each is added as a vault of its own, with its number after the name.
        </p>
      )}
    </>
  );
}

interface KnownKeysProps {
  readonly isPractice: boolean;
  readonly onTake: (publicKey: string) => void;
}

const MOST_KEYS = 4;

/** Has a button of its own; null while it is not known, or not asked for. */
function usePracticeTrader(isAsked: boolean): Address | null {
  const [trader, setTrader] = useState<Address | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    void request('practice.load', {}).then((answer) => {
      if (answer.ok) setTrader(answer.value.authority);
    });
  }, [isAsked]);
  return trader;
}

/** Keys of the network's kind that Keel holds or watches: no address has to be typed again. */
function KnownKeys({ isPractice, onTake }: KnownKeysProps) {
  const keys = useDeskStore((state) => state.signer.keys);
  const trader = usePracticeTrader(isPractice);
  const kind = isPractice ? 'practice' : 'live';
  return keys
    .filter(({ networkKind, publicKey }) => networkKind === kind && publicKey !== trader)
    .slice(0, MOST_KEYS)
    .map(({ publicKey, name }) => (
      <Button
        key={publicKey}
        tone="quiet"
        icon={<KeyRound size={14} aria-hidden />}
        title={`Find the sub-accounts of ${publicKey}`}
        data-testid={knownKeyTestId(publicKey)}
        onClick={() => onTake(publicKey)}
      >
        {name}
      </Button>
    ));
}

interface ScanResultProps {
  readonly scanned: Scanned;
  readonly ticked: readonly number[];
  readonly onTick: (subAccountId: number, on: boolean) => void;
  readonly onAll: (all: readonly number[]) => void;
}

function ScanResult({ scanned, ticked, onTick, onAll }: ScanResultProps) {
  if (scanned.length === 0) {
    return <p className="callout">This authority has no sub-account on the network.</p>;
  }
  const free = scanned.filter(({ alreadyAdded }) => !alreadyAdded);
  const all = free.length > 0 && free.every((each) => ticked.includes(each.subAccountId));
  return (
    <fieldset className="scan-result">
      <legend>Sub-accounts found</legend>
      {free.length > 1 && (
        <Button
          tone="quiet"
          className="scan-all"
          data-testid={TEST_IDS.scanAll}
          onClick={() => onAll(all ? [] : free.map((each) => each.subAccountId))}
        >
          {all ? 'Tick none' : `Tick all ${free.length}`}
        </Button>
      )}
      <div className="scan-list">
        {scanned.map(({ subAccountId, name, totalCollateral, alreadyAdded }) => (
          <label key={subAccountId} className={alreadyAdded ? 'scan-item is-added' : 'scan-item'}>
            <Checkbox.Root
              className="checkbox"
              checked={alreadyAdded || ticked.includes(subAccountId)}
              disabled={alreadyAdded}
              data-testid={`${TEST_IDS.scannedSubAccount}-${subAccountId}`}
              onCheckedChange={(on) => onTick(subAccountId, on === true)}
            >
              <Checkbox.Indicator>
                <Check size={12} strokeWidth={3} aria-hidden />
              </Checkbox.Indicator>
            </Checkbox.Root>
            <span className="scan-number">#{subAccountId}</span>
            <span className="scan-name">{name}</span>
            <span className="num">
              {alreadyAdded
                ? 'already added'
                : totalCollateral === null
                  ? 'not readable'
                  : formatQuote(totalCollateral)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
