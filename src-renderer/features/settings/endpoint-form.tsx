import { PlugZap } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { addressProblem } from '#domain/endpoint-address.ts';
import type { NetworkView } from '#ipc/contract.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { newEdit, type NewEndpoint } from './endpoint-drafts.ts';
import { EndpointTestResult } from './endpoint-test-result.tsx';
import { useEndpointTest } from './use-endpoint-test.ts';

export interface EndpointFormProps {
  readonly network: NetworkView;
  readonly takenLabels: readonly string[];
  readonly onAdd: (typed: NewEndpoint) => void;
  readonly onCancel: () => void;
}

const EMPTY: NewEndpoint = { label: '', httpUrl: '', webSocketUrl: '' };
type Problems = Readonly<Record<keyof NewEndpoint, string | null>>;

/** A new endpoint: tried before it is added, if the trader wants. */
export function EndpointForm({ network, takenLabels, onAdd, onCancel }: EndpointFormProps) {
  const [typed, setTyped] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const { state, run, forget } = useEndpointTest(network.id);
  const problems = problemsOf(typed, takenLabels);
  const isGood = Object.values(problems).every((problem) => problem === null);
  const shown = (name: keyof NewEndpoint) => (tried ? problems[name] : null);
  const change = (name: keyof NewEndpoint) => (event: { target: { value: string } }) => {
    // What was tried is not what stands there now.
    if (name !== 'label') forget();
    setTyped({ ...typed, [name]: event.target.value });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (isGood) onAdd(typed);
  };
  const test = () => {
    setTried(true);
    if (isGood) run(newEdit(typed));
  };
  return (
    <form
      className="endpoint-form"
      noValidate
      onSubmit={submit}
      aria-label={`A new endpoint of ${network.label}`}
    >
      <TextField
        label="Name"
        hint="By which logs, alerts and the status bar tell it."
        autoFocus
        maxLength={60}
        value={typed.label}
        error={shown('label')}
        data-testid={TEST_IDS.endpointNewLabel}
        onChange={change('label')}
      />
      <TextField
        label="Address"
        hint="https://…, with its access token. Kept in the settings file for your user alone, and never shown again."
        type="url"
        inputMode="url"
        value={typed.httpUrl}
        error={shown('httpUrl')}
        data-testid={TEST_IDS.endpointNewAddress}
        onChange={change('httpUrl')}
      />
      <TextField
        label="Address of its socket"
        hint="Empty: the same with wss:// for https://."
        type="url"
        inputMode="url"
        value={typed.webSocketUrl}
        error={shown('webSocketUrl')}
        data-testid={TEST_IDS.endpointNewSocket}
        onChange={change('webSocketUrl')}
      />
      <EndpointTestResult state={state} />
      <div className="endpoint-form-acts">
        <Button
          busy={state.kind === 'running'}
          icon={<PlugZap size={14} aria-hidden />}
          data-testid={TEST_IDS.endpointTest}
          onClick={test}
        >
          Test
        </Button>
        <span className="spacer" />
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="primary" data-testid={TEST_IDS.endpointAddDone}>
          Add to the list
        </Button>
      </div>
    </form>
  );
}

function problemsOf(typed: NewEndpoint, takenLabels: readonly string[]): Problems {
  const label = typed.label.trim();
  return {
    label:
      label === ''
        ? 'Give it a name.'
        : takenLabels.includes(label)
          ? `Another endpoint is called “${label}”.`
          : null,
    httpUrl: addressProblem(typed.httpUrl, 'http'),
    webSocketUrl:
      typed.webSocketUrl.trim() === '' ? null : addressProblem(typed.webSocketUrl, 'ws'),
  };
}
