/**
 * Links from outside: `keel://vault/<id>`, `keel://operation/<id>`, `keel://inbox`. Anybody can make one, a web page too:
 * they only show something that is there already, and carry nothing else.
 */
import { z } from 'zod';
import type { OperationId, VaultId } from '#domain/ids.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { operationIdSchema, vaultIdSchema } from '#ipc/wire.ts';

export const LINK_SCHEME = 'keel';

export type DeepLink =
  | { readonly kind: 'vault'; readonly vaultId: VaultId }
  | { readonly kind: 'operation'; readonly operationId: OperationId }
  | { readonly kind: 'inbox' };

const LONGEST = 200;
const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const linkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vault'), vaultId: uuid.pipe(vaultIdSchema) }).readonly(),
  z.object({ kind: z.literal('operation'), operationId: uuid.pipe(operationIdSchema) }).readonly(),
  z.object({ kind: z.literal('inbox') }).readonly(),
]);

/** The first argument that is a link of Keel's, whatever it says; null: there is none. */
export function linkAmong(argv: readonly string[]): string | null {
  return argv.find((argument) => /^keel:/i.test(argument)) ?? null;
}

/** Error: why it opens nothing, in one sentence that repeats nothing of a hostile text. */
export function parseDeepLink(text: string): Result<DeepLink, string> {
  if (text.length > LONGEST) return err('It is longer than any link of Keel’s.');
  const parts = /^keel:\/\/([a-z]+)(?:\/([0-9a-f-]*))?\/?$/i.exec(text);
  if (parts === null) return err('It is no link that Keel knows.');
  const kind = parts[1]?.toLowerCase();
  const id = parts[2]?.toLowerCase() ?? '';
  if (kind === 'inbox' && id !== '') return err('It is no link that Keel knows.');
  const link = linkSchema.safeParse({ kind, vaultId: id, operationId: id });
  if (link.success) return ok(link.data);
  return kind === 'vault' || kind === 'operation'
    ? err(`It names no ${kind}.`)
    : err('It is no link that Keel knows.');
}

/** What the window is told of a link. @param isVault whether a vault has this id, archived or not */
export function eventOfLink(
  link: Result<DeepLink, string>,
  isVault: (id: VaultId) => boolean,
): DeskEvent {
  if (!link.ok) return { type: 'LINK_REFUSED', reason: link.error };
  switch (link.value.kind) {
    case 'vault': {
      const { vaultId } = link.value;
      if (isVault(vaultId)) return { type: 'OPEN_VAULT', vaultId };
      return { type: 'LINK_REFUSED', reason: 'No vault of this Keel has that id.' };
    }
    case 'operation':
      return { type: 'OPEN_OPERATION', operationId: link.value.operationId };
    case 'inbox':
      return { type: 'OPEN_INBOX' };
  }
}
