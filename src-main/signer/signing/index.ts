export { createSigningService } from './signing-service.ts';
export type { SigningService, SigningServiceOptions } from './signing-service.ts';
