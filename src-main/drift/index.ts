/** The on-chain venue. Nothing of its SDK leaves this folder. */
export { createDriftReader } from './drift-reader.ts';
export type { DriftReader, DriftReaderOptions } from './drift-reader.ts';
export { createDriftCapital } from './capital/drift-capital.ts';
export type { DriftCapitalOptions } from './capital/drift-capital.ts';
export { EndpointPool } from './rpc/endpoint-pool.ts';
export { testEndpoint } from './endpoint-test/test-endpoint.ts';
