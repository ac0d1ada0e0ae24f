import type { KeyFile, Protection } from './key-file.ts';

/** The file is canonical: its fields stand in one order, whatever order an object was made in. */
export function inFieldOrder({ protection, keys }: KeyFile): KeyFile {
  return {
    protection: protection === null ? null : orderedProtection(protection),
    keys: keys.map(({ publicKey, name, networkKind, createdAtMs, derivationPath, secret }) => ({
      publicKey,
      name,
      networkKind,
      createdAtMs,
      derivationPath,
      secret: secret === null ? null : { nonce: secret.nonce, sealed: secret.sealed },
    })),
  };
}

function orderedProtection({ kdf, secondWrap, master }: Protection): Protection {
  const { name, memoryKiB, passes, lanes, salt } = kdf;
  return {
    kdf: { name, memoryKiB, passes, lanes, salt },
    secondWrap,
    master: { nonce: master.nonce, sealed: master.sealed },
  };
}
