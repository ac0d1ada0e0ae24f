/** The paper venue. */
export { createVirtualCapital } from './virtual-capital.ts';
export { createVirtualReader } from './virtual-reader.ts';
