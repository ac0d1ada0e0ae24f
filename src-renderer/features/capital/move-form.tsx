import { useState, type ReactNode, type SyntheticEvent } from 'react';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { vaultId } from '#domain/ids.ts';
import { parseTokenAmount } from '#domain/token-amount.ts';
import type { RequestOf } from '#ipc/contract.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { formatToken } from '#renderer/features/operations/operation-words.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import {
  closeDialog,
  openAskedOperation,
  type MovePrefill,
} from '#renderer/stores/navigation-store.ts';
import { useOperationStore } from '#renderer/stores/operation-store.ts';
import { useVaultViews } from '#renderer/stores/selectors.ts';
import { Button } from '#renderer/ui/button.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { transferTargets, VERBS } from './capital-words.ts';
import {
  isToldByGate,
  limitFor,
  outflowOf,
  reasonOfGate,
  reasonsAgainst,
  type Reason,
} from './move-check.ts';
import { AmountField, TargetField, TokenField } from './move-fields.tsx';
import { notRepeated } from './not-repeated.ts';
import { MoveSummary } from './move-summary.tsx';
import { Reasons } from './reasons.tsx';
import { useGateAgainst } from './use-gate-against.ts';

export interface MoveFormProps {
  readonly kind: MoveKind;
  readonly vault: EngineVault;
  readonly facts: CapitalFacts;
  readonly prefill: MovePrefill | null;
  /** Why the facts are no ground to send anything; null while they are. */
  readonly unknown: string | null;
  readonly age: ReactNode;
}

export function MoveForm({ kind, vault, facts, prefill, unknown, age }: MoveFormProps) {
  const form = useMoveForm({ kind, vault, facts, prefill, unknown });
  const { token, targets, typed } = form;
  if (token === undefined) {
    return <p className="panel-empty">The exchange lists no token that may be moved.</p>;
  }
  return (
    <form noValidate onSubmit={form.submit} data-testid={TEST_IDS.capitalForm}>
      <div className="dialog-body">
        {kind === 'transfer' && (
          <TargetField targets={targets} value={form.toVaultId} onChange={form.setToVaultId} />
        )}
        <div className="move-fields">
          <TokenField kind={kind} facts={facts} chosen={token} onChange={form.setMarketIndex} />
          <AmountField
            token={token}
            typed={typed}
            error={form.fieldError}
            limit={form.limit}
            onChange={form.setTyped}
          />
        </div>
        <MoveSummary
          kind={kind}
          vault={vault}
          to={form.toVault}
          token={token}
          amount={form.amount}
          facts={facts}
        />
        <Reasons reasons={form.reasons} />
        <FormError message={form.failure} />
      </div>
      <div className="move-foot">
        {age}
        <div className="dialog-actions">
          <Button onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            tone="primary"
            busy={form.busy}
            aria-disabled={form.blocked}
            data-testid={TEST_IDS.dialogSubmit}
          >
            {form.amount === null
              ? VERBS[kind]
              : `${VERBS[kind]} ${formatToken(form.amount, token.token)}`}
          </Button>
        </div>
      </div>
    </form>
  );
}

type FormInputs = Omit<MoveFormProps, 'age'>;

function useMoveForm({ kind, vault, facts, prefill, unknown }: FormInputs) {
  const settings = useDeskStore((state) => state.settings.capital);
  const [marketIndex, setMarketIndex] = useState(
    prefill?.marketIndex ?? facts.tokens[0]?.token.marketIndex ?? 0,
  );
  const [typed, setTyped] = useState(prefill?.amount ?? '');
  const [submitted, setSubmitted] = useState(false);
  const { busy, failure, send } = useSend();
  const outflow = useOutflow(vault.id);
  const { targets, toVaultId, setToVaultId } = useTarget(kind, vault, prefill);

  const token =
    facts.tokens.find((other) => other.token.marketIndex === marketIndex) ?? facts.tokens[0];
  const read = token === undefined ? null : parseTokenAmount(typed, token.token);
  const amount = read?.ok === true ? read.value : null;
  const toVault = targets.find(({ id }) => id === toVaultId);
  const gate = useGateAgainst(kind, vault, toVault, token);
  const reasons: readonly Reason[] = [
    ...(unknown === null ? [] : [{ rule: 'facts', text: unknown, wouldPass: null }]),
    ...gate.map(reasonOfGate),
    ...(token === undefined
      ? []
      : reasonsAgainst({ kind, vault, toVault, token, amount }, facts, settings, outflow).filter(
          (reason) => !isToldByGate(reason, gate),
        )),
  ];
  const showError = typed.trim() !== '' || submitted;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (amount === null || token === undefined || reasons.length > 0) return;
    const chosen = token.token.marketIndex;
    const move = { vaultId: vault.id, marketIndex: chosen, amount };
    void send(
      notRepeated(request('capital.request', requestOf(kind, move, toVaultId))),
      ({ operationId }) => openAskedOperation(operationId),
    );
  };
  return {
    token,
    setMarketIndex,
    targets,
    toVault,
    toVaultId,
    setToVaultId,
    typed,
    setTyped,
    amount,
    // Paper money is made up: only a ledger's room limits what comes in.
    limit:
      token === undefined || (kind === 'deposit' && vault.vaultType === 'virtual')
        ? null
        : limitFor({ kind, token }, facts, settings, outflow),
    fieldError:
      showError && read?.ok === false
        ? sentence(`${read.error.message} ${read.error.advice}`)
        : null,
    reasons,
    blocked: reasons.length > 0,
    busy,
    failure,
    submit,
  };
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function useOutflow(id: EngineVault['id']) {
  const operations = useOperationStore((state) => state.operations);
  return useAtNow((nowMs) => outflowOf(id, operations.values(), nowMs));
}

function useTarget(kind: MoveKind, vault: EngineVault, prefill: MovePrefill | null) {
  const vaults = useVaultViews().map((view) => view.vault);
  const targets = kind === 'transfer' ? transferTargets(vault, vaults) : [];
  const [chosen, setToVaultId] = useState<string | null>(prefill?.toVaultId ?? null);
  return { targets, toVaultId: chosen ?? targets[0]?.id ?? '', setToVaultId };
}

type Move = Pick<
  Extract<RequestOf<'capital.request'>, { kind: 'deposit' }>,
  'vaultId' | 'marketIndex' | 'amount'
>;

function requestOf(kind: MoveKind, move: Move, toVaultId: string): RequestOf<'capital.request'> {
  return kind === 'transfer' ? { kind, ...move, toVaultId: vaultId(toVaultId) } : { kind, ...move };
}
