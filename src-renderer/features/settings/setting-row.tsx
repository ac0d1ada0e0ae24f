import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#renderer/ui/button.tsx';
import { Segmented, type SegmentedOption } from '#renderer/ui/segmented.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { settingRowId } from './setting-ids.ts';

/** What a setting is when nobody has changed it, and the way back to it. */
export interface Usual {
  /** `5 s` */
  readonly text: string;
  readonly isChanged: boolean;
  readonly restore: () => void;
}

export interface SettingRowProps {
  /** By which the search finds it. */
  readonly id: string;
  readonly label: ReactNode;
  readonly name: string;
  readonly what: ReactNode;
  readonly whatId?: string;
  readonly usual?: Usual | undefined;
  readonly error?: ReactNode;
  readonly children: ReactNode;
}

/** One setting: what it is at the left, its control at the right, below each other where it is narrow. */
export function SettingRow(props: SettingRowProps) {
  const { id, label, name, what, whatId, usual, error, children } = props;
  return (
    <div className="setting" id={settingRowId(id)}>
      <div className="setting-words">
        {label}
        <p className="setting-what" id={whatId}>
          {what}
        </p>
        {error}
      </div>
      <div className="setting-control">
        {children}
        {usual !== undefined && <UsualNote name={name} usual={usual} />}
      </div>
    </div>
  );
}

function UsualNote({ name, usual }: { readonly name: string; readonly usual: Usual }) {
  return (
    <span className="setting-usual">
      Default {usual.text}
      {usual.isChanged && (
        <IconButton label={`${name}: back to the default, ${usual.text}`} onClick={usual.restore}>
          <RotateCcw size={12} aria-hidden />
        </IconButton>
      )}
    </span>
  );
}

export interface ChoiceSettingProps<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly what: string;
  readonly value: Value;
  readonly usual: Value;
  readonly options: readonly SegmentedOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly testId?: string;
}

/** One of a few; takes effect at once. */
export function ChoiceSetting<Value extends string>(props: ChoiceSettingProps<Value>) {
  const { id, label, what, value, usual, options, onChange, testId } = props;
  return (
    <SettingRow
      id={id}
      name={label}
      label={<p className="setting-label">{label}</p>}
      what={what}
      usual={{
        text: options.find((option) => option.value === usual)?.label ?? usual,
        isChanged: value !== usual,
        restore: () => onChange(usual),
      }}
    >
      <Segmented
        label={label}
        value={value}
        options={options}
        onChange={onChange}
        {...(testId === undefined ? {} : { testId })}
      />
    </SettingRow>
  );
}

export interface SwitchSettingProps {
  readonly id: string;
  readonly label: string;
  readonly what: string;
  readonly checked: boolean;
  readonly usual: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId?: string;
}

/** On or off; takes effect at once. */
export function SwitchSetting(props: SwitchSettingProps) {
  const { id, label, what, checked, usual, onChange, testId } = props;
  return (
    <div className="setting setting-switch" id={settingRowId(id)}>
      <Switch
        label={label}
        hint={`${what} Default: ${usual ? 'on' : 'off'}.`}
        checked={checked}
        onChange={onChange}
        {...(testId === undefined ? {} : { testId })}
      />
    </div>
  );
}

export interface SettingGroupProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** Settings that belong together, under a title of their own. */
export function SettingGroup({ title, note, children }: SettingGroupProps) {
  return (
    <section className="setting-group" aria-label={title}>
      <h3>{title}</h3>
      {note !== undefined && <p className="setting-note">{note}</p>}
      <div className="setting-list">{children}</div>
    </section>
  );
}
