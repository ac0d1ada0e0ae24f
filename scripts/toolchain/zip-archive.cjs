'use strict';
/** Reads a zip archive with nothing but Node: the set-up cannot count on an unzip program. */
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const zlib = require('node:zlib');

const inflateRaw = promisify(zlib.inflateRaw);

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_LENGTH = 22;
const MAX_COMMENT = 65_535;

/** @param {number} fd @param {number} position @param {number} length */
function readAt(fd, position, length) {
  const buffer = Buffer.alloc(length);
  const read = fs.readSync(fd, buffer, 0, length, position);
  if (read !== length) throw new Error('zip archive ends too early');
  return buffer;
}

/** @param {number} fd @param {number} size */
function centralDirectory(fd, size) {
  const tailLength = Math.min(size, END_LENGTH + MAX_COMMENT);
  const tail = readAt(fd, size - tailLength, tailLength);
  for (let at = tailLength - END_LENGTH; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    return readAt(fd, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  }
  throw new Error('not a zip archive: it has no end record');
}

/** @param {Buffer} directory */
function* entriesOf(directory) {
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + extraLength;
  }
}

/** @param {number} fd @param {{name: string, method: number, crc: number, compressedSize: number, offset: number}} entry */
async function contentOf(fd, entry) {
  const header = readAt(fd, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(fd, start, entry.compressedSize);
  const content = entry.method === 0 ? packed : await inflateRaw(packed);
  if (zlib.crc32(content) !== entry.crc) throw new Error(`${entry.name}: checksum differs`);
  return content;
}

/**
 * Extracts the files that `place` gives a target to.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place path inside the folder, or undefined to leave it out
 * @returns {Promise<number>} how many files were written
 */
async function extractZip(archive, folder, place) {
  const fd = fs.openSync(archive, 'r');
  let written = 0;
  try {
    for (const entry of entriesOf(centralDirectory(fd, fs.fstatSync(fd).size))) {
      const relative = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (relative === undefined) continue;
      const target = path.resolve(folder, relative);
      if (!target.startsWith(path.resolve(folder) + path.sep)) {
        throw new Error(`${entry.name} would be written outside ${folder}`);
      }
      fs.mkdirSync(path.dirname(target), { recursive: true });
      const content = await contentOf(fd, entry);
      await fs.promises.writeFile(target, content, { mode: entry.mode & 0o777 || 0o644 });
      written += 1;
    }
  } finally {
    fs.closeSync(fd);
  }
  return written;
}

module.exports = { extractZip };
