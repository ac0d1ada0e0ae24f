import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CapitalFacts, TokenFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { valueOf } from '#domain/token-amount.ts';
import type { TokenAmount } from '#domain/units.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog, openKeys } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { Unknown } from '#renderer/ui/figures.tsx';
import { formatPrice, formatQuote } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { demandWords, whoSigns } from './capital-words.ts';

export interface MoveSummaryProps {
  readonly kind: MoveKind;
  readonly vault: EngineVault;
  readonly to: EngineVault | undefined;
  readonly token: TokenFacts;
  readonly amount: TokenAmount | null;
  readonly facts: CapitalFacts;
}

/** What is about to happen, before it is asked for: from, to, worth, who signs, what will be asked. */
export function MoveSummary(props: MoveSummaryProps) {
  const { kind, vault, to, token, amount, facts } = props;
  const settings = useDeskStore((state) => state.settings.capital);
  const isPaper = vault.vaultType === 'virtual';
  const { oraclePrice } = token;
  const value =
    amount === null || oraclePrice === null
      ? null
      : valueOf(amount, oraclePrice, token.token.decimals);
  return (
    <dl className="move-summary">
      <Line label="From">
        {kind === 'deposit' ? <Wallet facts={facts} isPaper={isPaper} /> : <Place vault={vault} />}
      </Line>
      <Line label="To">
        {kind === 'withdraw' && <Wallet facts={facts} isPaper={isPaper} />}
        {kind === 'deposit' && <Place vault={vault} />}
        {kind === 'transfer' && (to === undefined ? <Unknown why="None" /> : <Place vault={to} />)}
      </Line>
      <Line label="Worth">
        {oraclePrice === null ? (
          'not known: the market has no valid price'
        ) : value === null ? (
          <span className="faint">enter an amount</span>
        ) : (
          <>
            <strong>{formatQuote(value)} USD</strong>{' '}
            <span className="faint">
              at {formatPrice(oraclePrice)} a {token.token.symbol}
            </span>
          </>
        )}
      </Line>
      <SignerLine vault={vault} facts={facts} />
      <Line label="Asks you for" testId={TEST_IDS.capitalDemand}>
        {amount === null ? (
          <span className="faint">depends on the amount</span>
        ) : (
          demandWords(value, settings, isPaper)
        )}
      </Line>
    </dl>
  );
}

interface LineProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly testId?: string;
}

function Line({ label, children, testId }: LineProps) {
  return (
    <div className="move-line">
      <dt>{label}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

function Wallet({ facts, isPaper }: { readonly facts: CapitalFacts; readonly isPaper: boolean }) {
  if (isPaper) return 'outside: paper money comes and goes freely';
  if (facts.signerKey === null) return 'your own wallet: not known without a key';
  return (
    <>
      your own wallet <CopyAddress address={facts.signerKey} />
    </>
  );
}

function Place({ vault }: { readonly vault: EngineVault }) {
  if (vault.vaultType === 'virtual') return <>{vault.name}, a paper vault</>;
  return (
    <>
      {vault.name}, sub-account {vault.subAccountId} of <CopyAddress address={vault.authority} />
    </>
  );
}

/** Who signs; where nobody can, the way to a key. */
function SignerLine({
  vault,
  facts,
}: {
  readonly vault: EngineVault;
  readonly facts: CapitalFacts;
}) {
  const signer = useDeskStore((state) => state.signer);
  const { text, needsKey } = whoSigns(facts, vault, signer.keys);
  const locked = signer.status === 'locked' && !needsKey && vault.vaultType === 'onChain';
  const dead = signer.status === 'unavailable' && !needsKey && vault.vaultType === 'onChain';
  const addKey = () => {
    closeDialog();
    openKeys();
  };
  return (
    <Line label="Signs" testId={TEST_IDS.capitalSigner}>
      <span>
        {text}
        {dead && <span className="muted">. The signer cannot be used now: see Keys.</span>}
        {locked && (
          <span className="muted">. The signer is locked: you will be asked to unlock it.</span>
        )}
      </span>
      {needsKey && (
        <Button
          icon={<KeyRound size={13} aria-hidden />}
          data-testid={TEST_IDS.addKey}
          onClick={addKey}
        >
          Add a key…
        </Button>
      )}
    </Line>
  );
}
