import { Ellipsis, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Chip, type ChipTone } from '#renderer/ui/chip.tsx';
import { CopyText } from '#renderer/ui/copy-text.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { Hint } from '#renderer/ui/hint.tsx';
import { Hinted } from '#renderer/ui/hinted.tsx';
import { ContextMenu, Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from '#renderer/ui/menu.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { Sample, Samples } from './sample.tsx';

const TONES = ['plain', 'primary', 'danger', 'quiet'] as const;
const CHIPS: readonly ChipTone[] = [
  'neutral',
  'good',
  'warn',
  'bad',
  'accent',
  'paper',
  'practice',
  'live',
];
const CHOICES = [
  { value: 'all', label: 'All' },
  { value: 'live', label: 'Live' },
  { value: 'paper', label: 'Paper' },
] as const;
type Choice = (typeof CHOICES)[number]['value'];

/** What is pressed, typed and chosen, in every state. */
export function ControlSection() {
  return (
    <>
      <Buttons />
      <Fields />
      <Choices />
      <Samples>
        {CHIPS.map((tone) => (
          <Sample key={tone} name={tone}>
            <Chip tone={tone}>Chip</Chip>
          </Sample>
        ))}
        <Sample name="progress">
          <Progress label="Sample of progress" share={0.42} />
        </Sample>
        <Sample name="progress, unknown">
          <Progress label="Sample of unknown progress" share={null} />
        </Sample>
        <Sample name="copy">
          <CopyText text="312004118" shown="312,004,118" />
        </Sample>
        <Sample name="copy, mono">
          <CopyText text="7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU" shown="7xKX…gAsU" mono />
        </Sample>
      </Samples>
    </>
  );
}

function Buttons() {
  return (
    <Samples>
      {TONES.map((tone) => (
        <Sample key={tone} name={tone}>
          <Button tone={tone} icon={<RefreshCw size={14} aria-hidden />}>
            Sync now
          </Button>
        </Sample>
      ))}
      <Sample name="busy">
        <Button busy>Syncing</Button>
      </Sample>
      <Sample name="disabled">
        <Button disabled>Not now</Button>
      </Sample>
      <Sample name="disabled, says why">
        <Hinted text="Everything is halted.">
          <Button aria-disabled>Deposit</Button>
        </Hinted>
      </Sample>
      <Sample name="hint">
        <Hint text="Said on hover and on focus.">Point here</Hint>
      </Sample>
      <Menus />
      <Popups />
    </Samples>
  );
}

function Menus() {
  const [checked, setChecked] = useState(true);
  const entries = (
    <>
      <MenuLabel>Of this vault</MenuLabel>
      <MenuItem label="Rename…" keys="F2" onSelect={() => undefined} />
      <MenuCheck label="Show its slot" checked={checked} onChange={setChecked} />
      <MenuLine />
      <MenuItem
        label="Withdraw…"
        disabledBecause="Everything is halted."
        onSelect={() => undefined}
      />
      <MenuItem label="Archive…" danger onSelect={() => undefined} />
    </>
  );
  return (
    <>
      <Sample name="menu">
        <Menu
          trigger={
            <IconButton label="Sample menu">
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          {entries}
        </Menu>
      </Sample>
      <Sample name="context menu">
        <ContextMenu of={<span className="context-area">right button</span>}>{entries}</ContextMenu>
      </Sample>
    </>
  );
}

function Popups() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Sample name="dialog">
        <Button onClick={() => setOpen(true)}>Open</Button>
      </Sample>
      {(['good', 'info', 'bad'] as const).map((tone) => (
        <Sample key={tone} name={`toast, ${tone}`}>
          <Button onClick={() => showToast(tone, `A ${tone} message`, 'What it is about.')}>
            Show
          </Button>
        </Sample>
      ))}
      {open && (
        <Dialog title="A dialog" description="One sentence." onClose={() => setOpen(false)}>
          <div className="dialog-body">
            <TextField label="Name" defaultValue="Funding main" />
            <FormError message="The form as a whole has a fault: it says which." />
          </div>
          <FormActions submit="Save" busy={false} onCancel={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function Fields() {
  return (
    <div className="design-fields">
      <TextField label="Text" hint="What is meant." placeholder="0.00" unit="USDC" />
      <TextField label="Wrong" defaultValue="abc" error="Not a number: write it like 1,234.50." />
      <TextField label="Disabled" defaultValue="1,204.50" disabled />
      <SelectField label="One of several" hint="The system's own list.">
        <option>USDC</option>
        <option>SOL</option>
      </SelectField>
    </div>
  );
}

function Choices() {
  const [choice, setChoice] = useState<Choice>('all');
  const [on, setOn] = useState(true);
  return (
    <div className="design-choices">
      <Samples>
        <Sample name="segmented">
          <Segmented label="Sample choice" value={choice} options={CHOICES} onChange={setChoice} />
        </Sample>
        <Sample name="select">
          <Select label="Sample list" value={choice} options={CHOICES} onChange={setChoice} />
        </Sample>
        <Sample name="switch">
          <Switch label="On or off" checked={on} onChange={setOn} />
        </Sample>
      </Samples>
      <Tabs label="Sample pages" value={choice} tabs={CHOICES} onChange={setChoice}>
        <p className="panel-empty">The page “{choice}”.</p>
      </Tabs>
    </div>
  );
}
