import './create-vault.css';
import { useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import {
  checkAllocation,
  checkEngine,
  checkName,
  fieldOfError,
  initialForm,
  submitForm,
  wordsOfError,
  type CreateForm,
} from './create-form.ts';
import { OnChainFields } from './on-chain-fields.tsx';

export interface CreateVaultDialogProps {
  /** What it begins with. */
  readonly vaultType: CreateForm['vaultType'];
}

/** Adds a paper vault, or one or several sub-accounts. */
export function CreateVaultDialog({ vaultType: first }: CreateVaultDialogProps) {
  const networks = useDeskStore((state) => state.networks);
  const usable = networks.find(({ lockedBecause }) => lockedBecause === null);
  const form = useForm<CreateForm>({
    defaultValues: initialForm(usable?.id ?? 'practice', first),
  });
  const [failure, setFailure] = useState<string | null>(null);
  const vaultType = form.watch('vaultType');

  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    const created = await submitForm(values);
    if (!created.ok) {
      const field = fieldOfError(created.error, values);
      const message = wordsOfError(created.error);
      if (field === null) setFailure(message);
      else form.setError(field, { message }, { shouldFocus: true });
      return;
    }
    closeDialog();
    const { length } = created.value;
    const title = length === 1 ? `${values.name.trim()} added` : `${length} vaults added`;
    // Whether a sub-account exists and can be read is only known after its first read.
    showToast('good', title, values.vaultType === 'onChain' ? 'Its first read is under way.' : '');
  });

  return (
    <Dialog title="Add a vault" onClose={closeDialog}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
          <Segmented
            label="Type of vault"
            value={vaultType}
            options={TYPE_OPTIONS}
            onChange={(next) => form.setValue('vaultType', next)}
          />
          <p className="muted">
            {vaultType === 'virtual'
              ? 'A ledger on this computer. Nothing real can be lost.'
              : 'One Drift sub-account. Keel only watches it; no key is needed.'}
          </p>
          <CommonFields form={form} />
          {vaultType === 'virtual' ? (
            <AllocationField form={form} />
          ) : (
            <OnChainFields form={form} />
          )}
          <FormError message={failure} />
        </div>
        <FormActions
          submit={vaultType === 'virtual' ? 'Add paper vault' : 'Add on-chain vault'}
          busy={form.formState.isSubmitting}
          onCancel={closeDialog}
        />
      </form>
    </Dialog>
  );
}

const TYPE_OPTIONS = [
  { value: 'virtual', label: 'Paper', testId: TEST_IDS.createTypeVirtual },
  { value: 'onChain', label: 'On chain', testId: TEST_IDS.createTypeOnChain },
] as const;

interface FormProps {
  readonly form: UseFormReturn<CreateForm>;
}

function CommonFields({ form }: FormProps) {
  const networks = useDeskStore((state) => state.networks);
  const { errors } = form.formState;
  const locked = networks.filter(({ lockedBecause }) => lockedBecause !== null);
  const lockedHint = locked
    .map(({ label, lockedBecause }) => `${label} is locked: ${lockedBecause}`)
    .join(' ');
  return (
    <>
      <TextField
        label="Name"
        placeholder="For instance Funding main"
        data-testid={TEST_IDS.fieldName}
        error={errors.name?.message}
        {...form.register('name', { validate: checkName })}
      />
      <div className="field-row">
        <TextField
          label="Engine"
          hint="The trading engine that owns it."
          data-testid={TEST_IDS.fieldEngine}
          error={errors.engine?.message}
          {...form.register('engine', { validate: checkEngine })}
        />
        <SelectField
          label="Network"
          hint={lockedHint === '' ? undefined : lockedHint}
          data-testid={TEST_IDS.fieldNetwork}
          error={errors.network?.message}
          {...form.register('network')}
        >
          {networks.map(({ id, label, lockedBecause }) => (
            <option key={id} value={id} disabled={lockedBecause !== null}>
              {lockedBecause === null ? label : `${label} (locked)`}
            </option>
          ))}
        </SelectField>
      </div>
    </>
  );
}

function AllocationField({ form }: FormProps) {
  const network = form.watch('network');
  const symbol =
    useDeskStore((state) => state.networks.find(({ id }) => id === network)?.quoteSymbol) ?? 'USDC';
  return (
    <TextField
      label="Allocation"
      hint="What it starts with, and what a reset returns to."
      unit={symbol}
      inputMode="decimal"
      data-testid={TEST_IDS.fieldAllocation}
      error={form.formState.errors.allocation?.message}
      {...form.register('allocation', { validate: (typed) => checkAllocation(typed, symbol) })}
    />
  );
}
