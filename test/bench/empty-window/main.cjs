'use strict';
/** The least that Electron can show: what Keel's start and memory are compared with. */
const { app, BrowserWindow } = require('electron');

const startedMs = process.getCreationTime();

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 820, show: false });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write(`painted ${Date.now() - startedMs}\n`);
  });
  void window.loadURL('data:text/html,<title>Empty</title><p>Empty');
});
