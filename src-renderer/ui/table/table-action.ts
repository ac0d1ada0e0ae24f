import type { LucideIcon } from 'lucide-react';

/** What can be done with some rows of a table: from the bar under it, and from each row's menu. */
export interface TableAction {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly act: () => void;
  readonly danger?: boolean;
  readonly testId?: string;
}
