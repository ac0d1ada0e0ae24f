/** The key file's errors in words (K2). None of them ever holds a secret or what was typed. */
import { keelError, type KeelError } from '#domain/keel-error.ts';

export function damaged(file: string, part: string, previousIsThere: boolean): KeelError {
  return keelError(
    'KEY_FILE_DAMAGED',
    'operator',
    `The key file ${file} is damaged: ${part}. Nothing was overwritten.`,
    previousIsThere
      ? 'The generation before it lies beside it as keystore.previous.json: keep the damaged file elsewhere, give the other one its name and try again.'
      : 'Put back a copy of the file, or set it aside and import the keys from their seed phrases.',
    { part },
  );
}

export function newer(file: string, version: number, supported: number): KeelError {
  return keelError(
    'KEY_FILE_NEWER',
    'operator',
    `The key file ${file} has version ${version}; this Keel knows versions up to ${supported}. It was not touched.`,
    'Use the newer Keel that wrote it.',
  );
}

export function exposed(path: string, mode: number, wanted: number): KeelError {
  const octal = (bits: number): string => bits.toString(8).padStart(3, '0');
  return keelError(
    'KEY_FILE_EXPOSED',
    'operator',
    `Other users of this computer may get at ${path}: its mode is ${octal(mode)}.`,
    `Run: chmod ${octal(wanted)} '${path}'. If others were on this computer, choose a new passphrase afterwards.`,
    { path, mode: octal(mode) },
  );
}

export function unavailable(path: string, reason: string): KeelError {
  return keelError(
    'KEY_FILE_UNAVAILABLE',
    'operator',
    `The keys in ${path} cannot be used: ${reason}.`,
    'Check that the folder exists, that it belongs to your user, and try again.',
  );
}

export function writeFailed(path: string, reason: string): KeelError {
  return keelError(
    'KEY_FILE_WRITE_FAILED',
    'operator',
    `${path} could not be written: ${reason}. The key file is as it was before.`,
    'Free some disk space or give your user write access to the folder, then try again.',
    { reason },
  );
}

export function passphraseWrong(): KeelError {
  return keelError(
    'PASSPHRASE_WRONG',
    'fix-input',
    'This is not the passphrase of the keys.',
    'Check the keyboard layout and Caps Lock, and type it again.',
  );
}

export function keyNotFound(publicKey: string): KeelError {
  return keelError(
    'KEY_NOT_FOUND',
    'fix-input',
    `Keel holds no key ${publicKey}.`,
    'Create or import it, or choose another key.',
  );
}

export function keyExists(publicKey: string, networkKind: 'practice' | 'live'): KeelError {
  return keelError(
    'KEY_EXISTS',
    'fix-input',
    `The key ${publicKey} is there already, for ${networkKind === 'live' ? 'live networks' : 'the practice network'}.`,
    'Choose another key: practice and live never share one.',
  );
}

export function signerLocked(): KeelError {
  return keelError(
    'SIGNER_LOCKED',
    'operator',
    'The keys are locked.',
    'Unlock them with the passphrase.',
  );
}

export function inputInvalid(message: string, advice: string): KeelError {
  return keelError('KEY_INPUT_INVALID', 'fix-input', message, advice);
}

/** Name of the system's error, for instance `ENOSPC`; never its message, which holds more than is asked for. */
export function systemCodeOf(caught: unknown): string {
  const code = caught instanceof Error && 'code' in caught ? caught.code : null;
  return typeof code === 'string' ? code : 'an unknown fault';
}

export function inWords(systemCode: string): string {
  switch (systemCode) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'the folder is read-only';
    case 'EIO':
      return 'the disk reports an error';
    default:
      return `the system reports ${systemCode}`;
  }
}
