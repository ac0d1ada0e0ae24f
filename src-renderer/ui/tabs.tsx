import './tabs.css';
import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TabOf<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Beside the label: a count. */
  readonly badge?: ReactNode;
  readonly testId?: string;
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly TabOf<Value>[];
  readonly onChange: (value: Value) => void;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** Pages of one thing; arrows move between them. Only the chosen one is drawn. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, value, tabs, onChange, children, className = '' } = props;
  return (
    <RadixTabs.Root
      className={`tabs ${className}`}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
    >
      <RadixTabs.List className="tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <RadixTabs.Trigger
            key={tab.value}
            value={tab.value}
            className="tab"
            data-testid={tab.testId}
          >
            {tab.label}
            {tab.badge !== undefined && <span className="tab-badge">{tab.badge}</span>}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      <RadixTabs.Content key={value} value={value} className="tab-page">
        {children}
      </RadixTabs.Content>
    </RadixTabs.Root>
  );
}
