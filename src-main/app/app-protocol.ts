import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME } from '#main/ipc/sender-check.ts';
import { contentTypeOf, fileForUrl, SECURITY_HEADERS } from './app-files.ts';

/** Must run before the app is ready: the scheme counts as secure and standard, like https. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the window's files from `root` to one session; anything else is answered with 404. */
export function serveApp(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === 'GET' ? fileForUrl(request.url, root) : null;
    const contentType = file === null ? null : contentTypeOf(file);
    if (file === null || contentType === null) return notFound();
    try {
      const body = await readFile(file);
      return new Response(new Uint8Array(body), {
        headers: { ...SECURITY_HEADERS, 'Content-Type': contentType },
      });
    } catch {
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: SECURITY_HEADERS });
}
