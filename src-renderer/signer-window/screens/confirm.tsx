import { ScanText, TriangleAlert } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { parseDecimal } from '#domain/decimal.ts';
import type { Confirmation, ConfirmationLine } from '#domain/signer-window.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { KeyText } from '../key-text.tsx';
import { NodeWord } from '../node-word.tsx';
import { errorText, Frame, type ScreenProps } from '../screen.tsx';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';
import { usePassed } from '../use-timers.ts';

/** A window that comes up under a moving hand is not approved by the click that was meant for another. */
const GUARD_MS = 700;
/** More than any token has. */
const MOST_DECIMALS = 24;

/**
 * The trader's approval. Decline has the focus; Enter in the field does nothing; a key that is held down does not
 * approve. What was typed goes to the signer as it was typed: the signer decides.
 */
export function Confirm({ screen, error, busy, act }: ScreenProps<'confirm'>) {
  const { confirmation } = screen;
  const { demand } = confirmation;
  const field = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const ready = usePassed(GUARD_MS);

  const approve = () => {
    const typed = demand.kind === 'type' ? (field.current?.value.trim() ?? '') : null;
    const found = demand.kind === 'type' ? faultOf(typed ?? '', demand) : null;
    setFault(found);
    if (found === null) act({ kind: 'confirm', typed });
    else field.current?.focus();
  };
  const noRepeat = (event: KeyboardEvent) => {
    if (event.repeat) event.preventDefault();
  };
  return (
    <Frame
      title={confirmation.title}
      error={demand.kind === 'type' ? null : error}
      actions={
        <div className="confirm-foot">
          {demand.kind === 'type' && (
            <TextField
              ref={field}
              label={`To approve, type the amount: ${demand.amount}`}
              unit={demand.symbol}
              error={fault ?? errorText(error)}
              inputMode="decimal"
              data-testid={SIGNER_TEST_IDS.typedAmount}
              onChange={() => setFault(null)}
            />
          )}
          <div className="confirm-buttons">
            <Button
              data-first
              data-testid={SIGNER_TEST_IDS.cancel}
              onKeyDown={noRepeat}
              onClick={() => act({ kind: 'decline' })}
            >
              Decline
            </Button>
            <Button
              tone="primary"
              busy={busy}
              aria-disabled={!ready || undefined}
              data-testid={SIGNER_TEST_IDS.proceed}
              onKeyDown={noRepeat}
              onClick={approve}
            >
              Approve and sign
            </Button>
          </div>
        </div>
      }
    >
      <ConfirmationText confirmation={confirmation} />
    </Frame>
  );
}

function ConfirmationText({ confirmation }: { readonly confirmation: Confirmation }) {
  return (
    <>
      {confirmation.warnings.map((warning) => (
        <p
          key={warning}
          className="callout callout-warn confirm-warning"
          data-testid={SIGNER_TEST_IDS.warning}
        >
          <TriangleAlert size={16} aria-hidden />
          <span>{warning}</span>
        </p>
      ))}
      <section className="confirm-read" aria-label="Read in the transaction itself">
        <p className="confirm-source">
          <ScanText size={13} aria-hidden />
          Read by the signer in the transaction itself
        </p>
        <dl className="signer-facts" data-testid={SIGNER_TEST_IDS.confirmLines}>
          {confirmation.lines.map((line) => (
            <Line key={line.label} line={line} />
          ))}
        </dl>
      </section>
      <NodeWord lines={confirmation.simulation} />
    </>
  );
}

function Line({ line }: { readonly line: ConfirmationLine }) {
  return (
    <>
      <dt>{line.label}</dt>
      <dd className={`confirm-${line.kind}`}>
        {line.kind === 'key' ? <KeyText text={line.value} /> : line.value}
      </dd>
    </>
  );
}

/** What is wrong with the typed amount; null where it is the one of the message. */
function faultOf(typed: string, demand: { readonly amount: string; readonly symbol: string }) {
  if (typed === '') return `Type ${demand.amount} to approve, or decline.`;
  const [read, wanted] = [typed, demand.amount].map((text) => parseDecimal(text, MOST_DECIMALS));
  if (read?.ok === true && wanted?.ok === true && read.value === wanted.value) return null;
  return `“${typed}” is not the amount of this transaction, ${demand.amount} ${demand.symbol}. Type it, or decline.`;
}
