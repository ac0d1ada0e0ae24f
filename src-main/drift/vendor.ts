import type * as SdkModule from '@drift-labs/sdk';
import type * as Web3Module from '@solana/web3.js';
import type * as AddressesModule from './codec/addresses.ts';
import type * as CoderModule from './codec/drift-coder.ts';
import type * as PlainModule from './codec/plain.ts';

/** The SDK and what is built upon it. */
export interface Vendor {
  readonly sdk: typeof SdkModule;
  readonly web3: typeof Web3Module;
  readonly coder: typeof CoderModule;
  readonly addresses: typeof AddressesModule;
  readonly plain: typeof PlainModule;
}

let loading: Promise<Vendor> | null = null;

/**
 * The venue's SDK, loaded at the first read and never before: it costs more than a second and 80 MB.
 * A failed load is tried again by the next caller.
 */
export function loadVendor(): Promise<Vendor> {
  loading ??= importVendor().catch((cause: unknown) => {
    loading = null;
    throw cause;
  });
  return loading;
}

async function importVendor(): Promise<Vendor> {
  const [sdk, web3] = await Promise.all([import('@drift-labs/sdk'), import('@solana/web3.js')]);
  const [coder, addresses, plain] = await Promise.all([
    import('./codec/drift-coder.ts'),
    import('./codec/addresses.ts'),
    import('./codec/plain.ts'),
  ]);
  return { sdk: commonJsOf(sdk), web3: commonJsOf(web3), coder, addresses, plain };
}

/** Node wraps a CommonJS module and may miss names that it re-exports; the module itself is the default. */
function commonJsOf<Module extends object>(imported: Module): Module {
  return (imported as { default?: Module }).default ?? imported;
}
