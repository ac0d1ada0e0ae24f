import type { VaultRow } from './columns.ts';

/** Whether it may trade, and every reason why not. */
export const reasonsText = ({ gate }: VaultRow): string =>
  gate.allowed ? 'allowed' : gate.reasons.map(({ text }) => text).join(' ');
