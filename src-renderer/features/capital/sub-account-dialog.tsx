import './capital.css';
import { useCallback, useState, type SyntheticEvent } from 'react';
import { checkCapital } from '#domain/check-capital.ts';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { CreateSubAccountIntent } from '#domain/capital-intent.ts';
import { address, networkId, type NetworkId } from '#domain/ids.ts';
import { quoteAmount, SOL_DECIMALS } from '#domain/units.ts';
import { checkEngine } from '#renderer/features/create-vault/create-form.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { formatToken } from '#renderer/features/operations/operation-words.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog, openKeys, openAskedOperation } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { shortenAddress } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { FactsAge, FactsUnknown } from './facts-age.tsx';
import type { Reason } from './move-check.ts';
import { notRepeated } from './not-repeated.ts';
import { Reasons } from './reasons.tsx';
import { useFacts } from './use-facts.ts';

interface Owner {
  /** `network/public key`: what the choice is told by. */
  readonly id: string;
  readonly network: NetworkId;
  readonly publicKey: string;
  readonly label: string;
}

/** Every network in use with each key that may sign there. */
function useOwners(): readonly Owner[] {
  const networks = useDeskStore((state) => state.networks);
  const keys = useDeskStore((state) => state.signer.keys);
  return networks
    .filter(({ lockedBecause }) => lockedBecause === null)
    .flatMap((network) =>
      keys
        .filter(({ kind, networkKind }) => kind === 'keypair' && networkKind === network.kind)
        .map(({ publicKey, name }) => ({
          id: `${network.id}/${publicKey}`,
          network: network.id,
          publicKey,
          label: `${name} (${shortenAddress(publicKey)}) on ${network.label}`,
        })),
    );
}

export interface SubAccountDialogProps {
  readonly prefill: CreateSubAccountIntent | null;
}

/** Opens the owner's next sub-account; the vault is added once it is verified. */
export function SubAccountDialog({ prefill }: SubAccountDialogProps) {
  const owners = useOwners();
  const [chosen, setChosen] = useState(
    prefill === null ? null : `${prefill.vault.network}/${prefill.vault.authority}`,
  );
  const owner = owners.find(({ id }) => id === chosen) ?? owners[0];
  return (
    <Dialog
      title="New sub-account"
      description="Opens your next sub-account on the exchange and adds it here as a vault."
      onClose={closeDialog}
      wide
    >
      {owner === undefined ? (
        <NoOwner />
      ) : (
        <OwnedForm
          key={owner.id}
          owner={owner}
          owners={owners}
          prefill={prefill}
          onChoose={setChosen}
        />
      )}
    </Dialog>
  );
}

function NoOwner() {
  const addKey = () => {
    closeDialog();
    openKeys();
  };
  return (
    <div className="dialog-body">
      <p className="callout">
        A sub-account belongs to a key, and Keel has none that may sign yet.
      </p>
      <div className="dialog-actions">
        <Button tone="primary" data-testid={TEST_IDS.addKey} onClick={addKey}>
          Add a key…
        </Button>
      </div>
    </div>
  );
}

interface OwnedFormProps {
  readonly owner: Owner;
  readonly owners: readonly Owner[];
  readonly prefill: CreateSubAccountIntent | null;
  readonly onChoose: (id: string) => void;
}

function OwnedForm({ owner, owners, prefill, onChoose }: OwnedFormProps) {
  const { network, publicKey } = owner;
  const load = useCallback(
    () => request('capital.loadAuthorityFacts', { network, authority: address(publicKey) }),
    [network, publicKey],
  );
  const live = useFacts(load);
  const form = useSubAccountForm(owner, live.facts, prefill);
  if (live.facts === null) return <FactsUnknown live={live} />;
  const reasons: readonly Reason[] = [
    ...(live.tooOld ? [TOO_OLD] : []),
    ...(form.name.trim() === '' ? [] : form.reasons),
  ];
  return (
    <form noValidate onSubmit={form.submit(reasons)} data-testid={TEST_IDS.capitalForm}>
      <div className="dialog-body">
        <SelectField
          label="Owner"
          value={owner.id}
          data-testid={TEST_IDS.fieldAuthority}
          onChange={(event) => onChoose(event.target.value)}
        >
          {owners.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <div className="field-row">
          <TextField
            label="Name"
            hint="Of the vault, and of the account on chain: anyone can read it."
            value={form.name}
            autoFocus
            error={form.submitted && form.name.trim() === '' ? 'Enter a name.' : null}
            data-testid={TEST_IDS.fieldName}
            onChange={(event) => form.setName(event.target.value)}
          />
          <TextField
            label="Engine"
            hint="The trading engine that owns it."
            value={form.engine}
            error={form.engineError}
            data-testid={TEST_IDS.fieldEngine}
            onChange={(event) => form.setEngine(event.target.value)}
          />
        </div>
        <Costs facts={live.facts} />
        <Reasons reasons={reasons} />
        <FormError message={form.failure} />
      </div>
      <div className="move-foot">
        <FactsAge live={live} isPaper={false} />
        <FormActions submit="Open the sub-account" busy={form.busy} onCancel={closeDialog} />
      </div>
    </form>
  );
}

const TOO_OLD: Reason = {
  rule: 'facts',
  text: 'The figures are too old: wait for the next read.',
  wouldPass: null,
};

function useSubAccountForm(
  { network, publicKey }: Owner,
  facts: CapitalFacts | null,
  prefill: CreateSubAccountIntent | null,
) {
  const [name, setName] = useState(prefill?.accountName ?? '');
  const [engine, setEngine] = useState(prefill?.vault.engine ?? 'funding');
  const [submitted, setSubmitted] = useState(false);
  const { busy, failure, send } = useSend();
  const settings = useDeskStore((state) => state.settings.capital);
  const wanted = { kind: 'create-sub-account', accountName: name.trim() } as const;
  const nothing = { outflowToday: quoteAmount(0n) };
  const reasons = facts === null ? [] : checkCapital(wanted, facts, settings, nothing);
  const engineCheck = checkEngine(engine);
  const ask = () =>
    request('capital.request', {
      kind: 'create-sub-account',
      network: networkId(network),
      authority: address(publicKey),
      engine: engine.trim(),
      name: name.trim(),
    });
  const submit = (against: readonly Reason[]) => (event: SyntheticEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (name.trim() === '' || engineCheck !== true || against.length > 0) return;
    void send(notRepeated(ask()), ({ operationId }) => openAskedOperation(operationId));
  };
  const engineError = engineCheck === true ? null : engineCheck;
  return {
    name,
    setName,
    engine,
    setEngine,
    engineError,
    reasons,
    submitted,
    busy,
    failure,
    submit,
  };
}

function Costs({ facts }: { readonly facts: CapitalFacts }) {
  const sol = { decimals: SOL_DECIMALS, symbol: 'SOL' };
  return (
    <dl className="move-summary">
      <div className="move-line">
        <dt>Number</dt>
        <dd>{facts.nextSubAccountId}</dd>
      </div>
      <div className="move-line">
        <dt>Costs</dt>
        <dd>
          {formatToken(facts.createCost, sol)} rent and {formatToken(facts.networkFee, sol)} fee,
          from the wallet
          {facts.walletLamports !== null && ` of ${formatToken(facts.walletLamports, sol)}`}
        </dd>
      </div>
      <div className="move-line">
        <dt>Asks you for</dt>
        <dd>One press in the signer’s window</dd>
      </div>
    </dl>
  );
}
