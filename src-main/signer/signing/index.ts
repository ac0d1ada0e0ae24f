export { createSigningService } from './signing-service.ts';
export type { SigningKeys, SigningService, SigningServiceOptions } from './signing-service.ts';
