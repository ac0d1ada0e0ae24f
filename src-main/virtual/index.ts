/** The paper venue. */
export { createVirtualReader } from './virtual-reader.ts';
