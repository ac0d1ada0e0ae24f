/** Channels of capital: operations, the signer, backups. Part of the contract in `contract.ts`. */
import { z } from 'zod';
import { backupName, backupSchema, restorePreviewSchema } from './backup-wire.ts';
import { capitalFactsSchema, operationViewSchema } from './capital-wire.ts';
import { engineName, nothing, ofVault, vaultName, type Channel } from './channel-parts.ts';
import { networkKindSchema, signerTaskSchema } from './signer-wire.ts';
import {
  addressSchema,
  networkIdSchema,
  operationIdSchema,
  tokenAmountSchema,
  vaultIdSchema,
} from './wire.ts';

const moveRequest = {
  vaultId: vaultIdSchema,
  marketIndex: z.number().int().min(0).max(65_535),
  amount: tokenAmountSchema,
};

const capitalRequestSchema = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('deposit'), ...moveRequest })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('withdraw'), ...moveRequest })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('transfer'), ...moveRequest, toVaultId: vaultIdSchema })
    .strict()
    .readonly(),
  z
    .object({
      kind: z.literal('create-sub-account'),
      network: networkIdSchema,
      authority: addressSchema,
      engine: engineName,
      /** Of the vault, and of the account on chain. */
      name: vaultName,
    })
    .strict()
    .readonly(),
]);

export const CAPITAL_CHANNELS = {
  /** A fresh read: what may be moved now, and why not more. */
  'capital.loadFacts': {
    request: ofVault,
    response: z.object({ facts: capitalFactsSchema }).readonly(),
    answeredBy: 'engine',
  },
  /** Wallet and next sub-account of an authority that may have no account yet. */
  'capital.loadAuthorityFacts': {
    request: z.object({ network: networkIdSchema, authority: addressSchema }).strict().readonly(),
    response: z.object({ facts: capitalFactsSchema }).readonly(),
    answeredBy: 'engine',
  },
  /** Answers when the operation is on record; progress comes as events. A denial by a check is an error. */
  'capital.request': {
    request: capitalRequestSchema,
    response: z.object({ operationId: operationIdSchema }).readonly(),
    answeredBy: 'engine',
  },
  /** Only before it is signed. */
  'capital.cancel': {
    request: z.object({ operationId: operationIdSchema }).strict().readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  /** Newest first; null: of all vaults. */
  'capital.loadOperations': {
    request: z
      .object({
        vaultId: vaultIdSchema.nullable(),
        limit: z.number().int().min(1).max(500),
        before: operationIdSchema.nullable(),
      })
      .strict()
      .readonly(),
    response: z.object({ operations: z.array(operationViewSchema).readonly() }).readonly(),
    answeredBy: 'engine',
  },
  /** Opens the signer's own window: secrets are typed there, never in the desk. */
  'signer.openWindow': {
    request: z.object({ task: signerTaskSchema }).strict().readonly(),
    response: nothing,
    answeredBy: 'main',
  },
  'signer.lock': { request: nothing, response: nothing, answeredBy: 'main' },
  'signer.renameKey': {
    request: z.object({ publicKey: addressSchema, name: vaultName }).strict().readonly(),
    response: nothing,
    answeredBy: 'main',
  },
  'signer.addWatchOnly': {
    request: z
      .object({ publicKey: addressSchema, name: vaultName, networkKind: networkKindSchema })
      .strict()
      .readonly(),
    response: nothing,
    answeredBy: 'main',
  },
  'signer.removeWatchOnly': {
    request: z.object({ publicKey: addressSchema }).strict().readonly(),
    response: nothing,
    answeredBy: 'main',
  },
  /** In the trader's browser; refused for a network without an explorer. */
  'shell.openExplorer': {
    request: z
      .object({
        network: networkIdSchema,
        signature: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{64,88}$/),
      })
      .strict()
      .readonly(),
    response: nothing,
    answeredBy: 'main',
  },
  'backup.list': {
    request: nothing,
    response: z
      .object({ folder: z.string(), backups: z.array(backupSchema).readonly() })
      .readonly(),
    answeredBy: 'engine',
  },
  'backup.make': {
    request: nothing,
    response: z.object({ backup: backupSchema }).readonly(),
    answeredBy: 'engine',
  },
  'backup.previewRestore': {
    request: backupName,
    response: restorePreviewSchema,
    answeredBy: 'engine',
  },
  /** Stops the engine, puts the database in use aside, and starts the engine on the backup. */
  'backup.restore': {
    request: backupName,
    response: z.object({ setAside: z.string() }).readonly(),
    answeredBy: 'main',
  },
} as const satisfies Record<string, Channel>;
