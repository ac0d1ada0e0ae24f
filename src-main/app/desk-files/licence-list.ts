import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Licence } from '#domain/licence.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { licenceSchema } from '#ipc/desk-wire.ts';

const listSchema = z.array(licenceSchema).min(1).readonly();

/** What the build has written down beside the bundles. @param dist folder that the build wrote */
export async function loadLicences(
  dist: string,
): Promise<Result<{ readonly licences: readonly Licence[] }, KeelError>> {
  try {
    const text = await readFile(path.join(dist, 'licences.json'), 'utf8');
    return ok({ licences: listSchema.parse(JSON.parse(text)) });
  } catch {
    return err(
      keelError(
        'FILE_UNREADABLE',
        'operator',
        'The list of licences that belongs to this Keel cannot be read.',
        'Install Keel again; the licences also lie with its source.',
      ),
    );
  }
}
