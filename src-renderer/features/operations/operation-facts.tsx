import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApprovalKind, CapitalOperation } from '#domain/capital-operation.ts';
import { command } from '#renderer/stores/commands.ts';
import { useNetworkView } from '#renderer/stores/selectors.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { formatInteger, formatQuote } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { shownSignature } from './operation-words.ts';

const APPROVAL_WORDS: Readonly<Record<ApprovalKind, string>> = {
  'below-threshold': 'not asked: below the limit',
  confirmed: 'confirmed by you',
  typed: 'amount typed by you',
};

/** What identifies it: on the chain, in the journal, in the log. */
export function OperationFacts({ operation }: { readonly operation: CapitalOperation }) {
  const { transaction, signerKey, value, approval, landedAtSlot } = operation;
  const signature = shownSignature(operation);
  return (
    <dl className="operation-facts">
      {value !== null && <Fact label="Value">{formatQuote(value)} USD</Fact>}
      {approval !== null && <Fact label="Approval">{APPROVAL_WORDS[approval]}</Fact>}
      {signerKey !== null && (
        <Fact label="Signs and pays">
          <CopyAddress address={signerKey} />
        </Fact>
      )}
      {signature !== null && (
        <Fact label="Signature" testId={TEST_IDS.operationSignature}>
          <CopyAddress address={signature} />
        </Fact>
      )}
      {transaction !== null && operation.vaultType === 'onChain' && (
        <Fact label="Valid until block">{formatInteger(transaction.lastValidBlockHeight)}</Fact>
      )}
      {landedAtSlot !== null && operation.vaultType === 'onChain' && (
        <Fact label="Landed at slot">{formatInteger(landedAtSlot)}</Fact>
      )}
      <Fact label="Operation">
        <CopyAddress address={operation.id} />
      </Fact>
      {signature !== null && <ExplorerLink operation={operation} signature={signature} />}
    </dl>
  );
}

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly testId?: string;
}

function Fact({ label, children, testId }: FactProps) {
  return (
    <div className="operation-fact">
      <dt>{label}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

interface ExplorerLinkProps {
  readonly operation: CapitalOperation;
  readonly signature: string;
}

function ExplorerLink({ operation, signature }: ExplorerLinkProps) {
  const network = useNetworkView(operation.network);
  if (network?.kind === 'practice') {
    return (
      <div className="operation-fact operation-explorer">
        <dt className="visually-hidden">Explorer</dt>
        <dd className="faint">No explorer: the practice chain exists only on this computer.</dd>
      </div>
    );
  }
  const open = () =>
    void command('The explorer could not be opened', 'shell.openExplorer', {
      network: operation.network,
      signature,
    });
  return (
    <div className="operation-fact operation-explorer">
      <dt className="visually-hidden">Explorer</dt>
      <dd>
        <Button
          tone="quiet"
          icon={<ExternalLink size={13} aria-hidden />}
          data-testid={TEST_IDS.operationExplorer}
          onClick={open}
        >
          Open in the explorer
        </Button>
      </dd>
    </div>
  );
}
