/**
 * The signer's process (K3): an Electron utility process with no network and no children. It writes nothing but the
 * key files, and what it says of a fault is a fixed text.
 */
import './process/lock-down-first.ts';
import { writeSync } from 'node:fs';
import type { FromSigner } from '#domain/signer-protocol.ts';
import { systemClock } from './clock.ts';
import { collectGarbage } from './process/collect-garbage.ts';
import { createSigner, type PagePort } from './process/signer.ts';

/** Electron's `MessagePortMain`, as far as it is used; the signer knows no Electron. */
interface TransferredPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  postMessage(message: unknown): void;
  close(): void;
}

interface ParentPort {
  on(
    event: 'message',
    listener: (event: {
      readonly data: unknown;
      readonly ports: readonly TransferredPort[];
    }) => void,
  ): void;
  postMessage(message: FromSigner): void;
}

const FAULT_TEXT = 'The signer ended on a fault of its own.\n';
/** Gives the last message time to leave. */
const END_AFTER_MS = 20;

function endOnFault(): void {
  try {
    writeSync(2, FAULT_TEXT);
  } catch {
    // Nobody reads it.
  }
  process.exit(1);
}

function pagePort(port: TransferredPort): PagePort {
  return {
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    post: (view) => port.postMessage(view),
    close: () => port.close(),
  };
}

process.on('uncaughtException', endOnFault);
process.on('unhandledRejection', endOnFault);

const { parentPort } = process as unknown as { readonly parentPort: ParentPort };

const signer = createSigner({
  clock: systemClock(),
  post: (message) => parentPort.postMessage(message),
  onStopped: () => void setTimeout(() => process.exit(0), END_AFTER_MS),
  onSecretsUsed: collectGarbage,
});

parentPort.on('message', ({ data, ports }) => {
  const [port, ...others] = ports;
  for (const other of others) other.close();
  signer.take(data, port === undefined ? null : pagePort(port));
});

// A Ctrl+C in a terminal reaches every process of the group: main is the one to say when.
process.on('SIGINT', () => undefined);
