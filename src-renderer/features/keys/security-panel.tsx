import type { SignerState } from '#domain/signer-state.ts';
import { openSignerWindow } from '#renderer/stores/commands.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** How the keys rest on disk; each change asks for the passphrase in the signer's window. */
export function SecurityPanel({ signer }: { readonly signer: SignerState }) {
  return (
    <Panel title="At rest">
      <div className="panel-body signer-body">
        <p className="muted">Keys rest encrypted under one passphrase (Argon2id).</p>
        <Switch
          label="Wrap by the system’s secret store too"
          hint={
            signer.secondWrap
              ? 'On: the key file opens only for your account on this computer. Restoring it elsewhere needs an export.'
              : 'A second lock beside the passphrase: a copied key file is of no use elsewhere. Weak stores are refused.'
          }
          checked={signer.secondWrap}
          onChange={(enable) => void openSignerWindow({ kind: 'second-wrap', enable })}
          testId={TEST_IDS.secondWrap}
        />
        <Button
          data-testid={TEST_IDS.changePassphrase}
          onClick={() => void openSignerWindow({ kind: 'change-passphrase' })}
        >
          Change the passphrase…
        </Button>
      </div>
    </Panel>
  );
}
