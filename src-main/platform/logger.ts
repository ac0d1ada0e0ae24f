/**
 * The log: rotating files by electron-log, one line an event. `electron-log/node` knows no Electron, so the
 * same logger serves the main process, a utility process and the command line.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import electronLog from 'electron-log/node.js';
import type { Clock, LogFields, Logger } from '#main/engine/ports.ts';
import { logLine, type LogLevel } from './log-line.ts';
import type { EndpointLabels } from './redact.ts';

export type { LogLevel } from './log-line.ts';

export interface LoggerOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Which process speaks: names the file (`engine.log`) and stands in each line. */
  readonly source: string;
  /** Folder of the log files; null: no file, as on the command line. */
  readonly folder: string | null;
  readonly level: LogLevel;
  /** Also write to standard error: in development and on the command line. */
  readonly toStandardError?: boolean;
  /** Size at which a file is put aside as `.1`, bytes. */
  readonly maxFileBytes?: number;
  /** Older files kept beside the current one. */
  readonly keptFiles?: number;
  /** Asked at each line, so that a changed endpoint list counts at once. */
  readonly endpointLabels?: () => EndpointLabels;
}

export interface KeelLogger extends Logger {
  setLevel(level: LogLevel): void;
}

/** A logger of its own: two of them never share a level or a file name unless told to. Never throws. */
export function createLogger(options: LoggerOptions): KeelLogger {
  const log = electronLog.create({ logId: `${options.source}-${crypto.randomUUID()}` });
  const hasFile = options.folder !== null && useFile(log.transports.file, options.folder, options);
  const speaks = options.toStandardError === true || (options.folder !== null && !hasFile);
  log.transports.console.writeFn = ({ message }) => {
    process.stderr.write(`${String(message.data[0])}\n`);
  };
  for (const [name, transport] of Object.entries(log.transports)) {
    // Which others there are depends on the process; a line goes to no other.
    if (name !== 'file' && name !== 'console' && transport) transport.level = false;
  }

  const setLevel = (level: LogLevel) => {
    log.transports.file.level = hasFile ? level : false;
    log.transports.console.level = speaks ? level : false;
  };
  setLevel(options.level);

  const write = (level: LogLevel, event: string, fields: LogFields = {}) => {
    const entry = { atMs: options.clock.nowMs(), level, source: options.source, event, fields };
    log[level](logLine(entry, options.endpointLabels?.()));
  };
  return {
    debug: (event, fields) => write('debug', event, fields),
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    setLevel,
  };
}

type Transports = ReturnType<typeof electronLog.create>['transports'];

/** False when there can be no file: then the log goes to standard error, for a log must not stop Keel. */
function useFile(transport: Transports['file'], folder: string, options: LoggerOptions): boolean {
  const { source, maxFileBytes = 5_000_000, keptFiles = 5 } = options;
  const file = join(folder, `${source}.log`);
  transport.resolvePathFn = () => file;
  transport.format = '{text}';
  transport.maxSize = maxFileBytes;
  transport.archiveLogFn = () => rotate(file, keptFiles);
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** `engine.log` becomes `engine.log.1`, that one `.2`, and so on; the oldest falls off the end. */
function rotate(file: string, keptFiles: number): void {
  try {
    for (let age = keptFiles - 1; age >= 1; age -= 1) {
      if (existsSync(`${file}.${age}`)) renameSync(`${file}.${age}`, `${file}.${age + 1}`);
    }
    renameSync(file, `${file}.1`);
  } catch (caught) {
    // The current file then simply grows on: losing lines would be worse.
    process.stderr.write(`The log ${file} could not be rotated: ${String(caught)}\n`);
  }
}
