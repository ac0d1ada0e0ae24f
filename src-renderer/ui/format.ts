/** The one place where figures become words; everything is an integer until its last string. */
export * from './format/amounts.ts';
export * from './format/counts.ts';
export * from './format/shares.ts';
export * from './format/times.ts';

/** `7xKX…9fQz` */
export const shortenAddress = (address: string): string =>
  `${address.slice(0, 4)}…${address.slice(-4)}`;
