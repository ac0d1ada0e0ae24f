/** Which addresses Keel takes for an RPC endpoint. */

/** Scheme, what stands before the host, and the host. */
const ADDRESS =
  /^([a-z]+):\/\/(?:([^@/?#]*)@)?(\[[0-9a-f:.]+\]|[^\s:/?#[\]]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i;
const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/i;

/**
 * In words what is wrong with an address, without repeating it: it may hold a token. Null: nothing.
 * @param scheme `http`: where Keel asks. `ws`: where it is told of changes.
 */
export function addressProblem(address: string, scheme: 'http' | 'ws'): string | null {
  const [, told, user, host = ''] = ADDRESS.exec(address.trim()) ?? [];
  if (told === undefined)
    return `This is not an address. It looks like ${scheme}s://rpc.example.com.`;
  const isEncrypted = told.toLowerCase() === `${scheme}s`;
  if (!isEncrypted && told.toLowerCase() !== scheme) return `It must begin with ${scheme}s://.`;
  // The platform refuses to send them: the endpoint would fail at every read.
  if (user !== undefined) {
    return 'Keel cannot send a user or a password before the host. Use the address with its token in the path.';
  }
  if (!isEncrypted && !LOOPBACK.test(host)) {
    return `Not encrypted: ${scheme}:// is taken only for a node on this computer (127.0.0.1). Use ${scheme}s://.`;
  }
  return null;
}

/** The same address for the socket: `wss` for `https`, `ws` for `http`. */
export const socketAddressOf = (httpUrl: string): string => httpUrl.trim().replace(/^http/i, 'ws');
