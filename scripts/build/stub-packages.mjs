/**
 * Packages that the Drift SDK requires when it loads and that Keel never calls (other venues,
 * streaming transports, test beds, command lines). They are replaced by a stub: reading from it is
 * allowed, because the SDK does so while it loads; calling or constructing is an error that names
 * the package.
 */
const stubbedPackages = [
  '@ellipsis-labs/phoenix-sdk',
  '@grpc/grpc-js',
  '@openbook-dex/openbook-v2',
  '@project-serum/serum',
  '@switchboard-xyz/common',
  '@switchboard-xyz/on-demand',
  '@triton-one/yellowstone-grpc',
  'anchor-bankrun',
  'gill',
  'helius-laserstream',
  'solana-bankrun',
  'yargs',
];

/** Optional parts: their users catch a failing require and go on without them. */
const absentPackages = ['bufferutil', 'utf-8-validate', 'usocket', 'x11'];

/**
 * Packages that something Keel uses constructs and never calls: `Connection` of web3.js makes a socket client that only
 * a subscription would open, and Keel has a client of its own. Kept out for its licence too (LGPL-3.0).
 */
const replacedPackages = new Map([
  [
    'rpc-websockets',
    `
const refuse = () => { throw new Error('rpc-websockets is not part of this build'); };
class CommonClient {
  on() { return this; }
}
Object.assign(CommonClient.prototype, { connect: refuse, call: refuse, notify: refuse, close: refuse });
module.exports = { CommonClient, WebSocket: refuse };
`,
  ],
]);

const STUB_PREFIX = '\0keel-stub:';
const REPLACED_PREFIX = '\0keel-replaced:';
const ABSENT_PREFIX = '\0keel-absent:';

/** @param {string} id @param {string[]} packages */
function ownerOf(id, packages) {
  return packages.find((name) => id === name || id.startsWith(`${name}/`));
}

/** @param {string} name */
function stubCode(name) {
  return `
const refuse = () => { throw new Error(${JSON.stringify(`${name} is not part of this build`)}); };
const stub = new Proxy(function () {}, {
  get(target, key) {
    if (key === 'prototype') return target.prototype;
    if (key === '__esModule') return false;
    return typeof key === 'symbol' ? undefined : stub;
  },
  apply: refuse,
  construct: refuse,
});
module.exports = stub;
`;
}

/** @returns {import('vite').Plugin} */
export function stubPackages() {
  return {
    name: 'keel-stub-packages',
    enforce: 'pre',
    resolveId(id) {
      const stubbed = ownerOf(id, stubbedPackages);
      if (stubbed) return `${STUB_PREFIX}${stubbed}`;
      const replaced = ownerOf(id, [...replacedPackages.keys()]);
      if (replaced) return `${REPLACED_PREFIX}${replaced}`;
      const absent = ownerOf(id, absentPackages);
      return absent ? `${ABSENT_PREFIX}${absent}` : null;
    },
    load(id) {
      if (id.startsWith(STUB_PREFIX)) return stubCode(id.slice(STUB_PREFIX.length));
      if (id.startsWith(REPLACED_PREFIX)) {
        return replacedPackages.get(id.slice(REPLACED_PREFIX.length)) ?? null;
      }
      if (!id.startsWith(ABSENT_PREFIX)) return null;
      const message = `${id.slice(ABSENT_PREFIX.length)} is not part of this build`;
      return `throw new Error(${JSON.stringify(message)}); module.exports = {};`;
    },
  };
}
