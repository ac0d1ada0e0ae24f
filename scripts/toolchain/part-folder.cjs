'use strict';
/**
 * What takes long to make is made beside its place and then moved there in one step: a set-up that is
 * cut off leaves nothing that looks finished, and whatever still runs of it writes to nobody's folder.
 */
const fs = require('node:fs');
const path = require('node:path');

const PART = '.part-';

/** @param {string} leftover */
function discard(leftover) {
  try {
    fs.rmSync(leftover, { recursive: true, force: true });
  } catch {
    // A program of a set-up that was killed still writes there; the next set-up clears it away.
  }
}

/**
 * An empty folder beside the given one; leftovers of earlier attempts are removed.
 * @param {string} place where the result belongs
 * @returns {string}
 */
function newPart(place) {
  const parent = path.dirname(place);
  fs.mkdirSync(parent, { recursive: true });
  const start = `${path.basename(place)}${PART}`;
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(start)) discard(path.join(parent, name));
  }
  return fs.mkdtempSync(path.join(parent, start));
}

/** @param {string} part what newPart returned, or a file @param {string} place */
function putInPlace(part, place) {
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(part, place);
}

module.exports = { newPart, putInPlace };
