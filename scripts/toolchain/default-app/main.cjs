'use strict';
/**
 * What a development Electron does with its first argument: runs the application in that folder.
 * The unofficial runtime comes without it.
 */
const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const argument = process.argv.slice(1).find((value) => !value.startsWith('-'));
if (!argument) fail('usage: electron FOLDER [arguments]');

const folder = path.resolve(argument);
const manifestPath = path.join(folder, 'package.json');
if (!fs.existsSync(manifestPath)) fail(`${manifestPath} does not exist`);

const manifest = JSON.parse(fs.readFileSync(manifestPath, 'utf8'));
const name = manifest.productName ?? manifest.name;
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
app.setName(name);
if (manifest.version) app.setVersion(manifest.version);
app.setDesktopName?.(`${name}.desktop`);
if (!app.commandLine.hasSwitch('user-data-dir')) {
  app.setPath('userData', path.join(app.getPath('appData'), name));
}
app.setAppPath(folder);
require(path.join(folder, manifest.main ?? 'index.js'));
