import { vaultsAndSyncs } from './0001-vaults-and-syncs.ts';
import { valueHistory } from './0002-value-history.ts';
import { homeClusters } from './0003-home-clusters.ts';
import { capitalOperations } from './0004-capital-operations.ts';
import { watch } from './0005-watch.ts';
import { untoldOperations } from './0006-untold-operations.ts';
import { chartsAndNotes } from './0007-charts-and-notes.ts';
import { activityAndLists } from './0008-activity-and-lists.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps. */
export const MIGRATIONS: readonly Migration[] = [
  vaultsAndSyncs,
  valueHistory,
  homeClusters,
  capitalOperations,
  watch,
  untoldOperations,
  chartsAndNotes,
  activityAndLists,
];

export const SCHEMA_VERSION = MIGRATIONS.length;
