/**
 * The keys while they may be used: the master key in one buffer, overwritten when they lock (K4). Invariants: no secret is
 * open longer than one call; every passphrase passes the attempt limit; every change of the state is told.
 */
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  SIGNER_NOT_STARTED,
  type KeyInfo,
  type LockCause,
  type SignerState,
} from '#domain/signer-state.ts';
import type { SignerClock } from '../clock.ts';
import { writeKeypairFile } from '../import/export-file.ts';
import { signWith } from '../keys/ed25519.ts';
import { signerLocked } from '../keys/key-errors.ts';
import type { KeyStore, NewKeypair } from '../keys/key-store.ts';
import { wipe } from '../wipe.ts';
import type { AttemptLimit } from './attempt-limit.ts';
import { createIdleLock } from './idle-lock.ts';
import { weaknessOf } from './passphrase-rules.ts';

/** The secret that the operating system's store keeps; main asks it. */
export interface DeviceSecrets {
  load(): Promise<Result<Uint8Array, KeelError>>;
  /** Makes one where there is none. */
  create(): Promise<Result<Uint8Array, KeelError>>;
  forget(): Promise<void>;
}

/** What was opened from the disk; an error keeps the session unavailable until it is opened again. */
export interface OpenedKeys {
  readonly store: KeyStore;
  readonly attempts: AttemptLimit;
}

export interface SessionParts {
  readonly clock: SignerClock;
  readonly deviceSecrets: DeviceSecrets;
  openKeys(): Result<OpenedKeys, KeelError>;
  autoLockMs(): number;
  onState(state: SignerState): void;
  /** The keys were locked: whoever shows secrets must end. */
  onLocked(cause: LockCause): void;
}

export class Session {
  readonly #parts: SessionParts;
  readonly #idle;
  #opened: Result<OpenedKeys, KeelError>;
  #master: Buffer | null = null;
  #lockCause: LockCause = 'start';
  /** How often a lock was called for: what began before one must not open the keys after it. */
  #locks = 0;
  #told = '';

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#idle = createIdleLock(parts.clock, parts.autoLockMs, () => this.lock('idle'));
    this.#opened = parts.openKeys();
  }

  get state(): SignerState {
    if (!this.#opened.ok) return { ...SIGNER_NOT_STARTED, error: this.#opened.error };
    const { store, attempts } = this.#opened.value;
    const unlocked = this.#master !== null;
    return {
      status: unlocked ? 'unlocked' : store.isProtected ? 'locked' : 'empty',
      keys: store.keys,
      lockCause: unlocked || !store.isProtected ? null : this.#lockCause,
      locksAtMs: unlocked ? this.#idle.dueAtMs() : null,
      nextAttemptAtMs: attempts.nextAttemptAtMs(),
      secondWrap: store.secondWrap,
      error: null,
    };
  }

  /** Looks at the disk again where the keys could not be used. */
  reopen(): Result<null, KeelError> {
    if (!this.#opened.ok) this.#opened = this.#parts.openKeys();
    this.tell();
    return this.#opened.ok ? ok(null) : this.#opened;
  }

  get isUnlocked(): boolean {
    // A computer that slept ran no timer.
    if (this.#master !== null && this.#idle.isOverdue()) this.lock('idle');
    return this.#master !== null;
  }

  find(publicKey: Address): KeyInfo | null {
    return this.#opened.ok ? this.#opened.value.store.find(publicKey) : null;
  }

  /** The trader acted in the signer's own window: the idle time begins anew; locked keys stay locked. */
  touch(): void {
    if (!this.isUnlocked) return;
    this.#idle.restart();
    this.tell();
  }

  /** Main tells that the trader is at the computer. It is believed for a while only (see `idle-lock.ts`). */
  traderIsThere(): void {
    if (!this.isUnlocked) return;
    this.#idle.putOff();
    this.tell();
  }

  /** Another idle time counts from the last use: changing it is no use of the keys. */
  limitsChanged(): void {
    if (!this.isUnlocked) return;
    this.#idle.limitsChanged();
    // One that has passed already locks now.
    if (this.isUnlocked) this.tell();
  }

  lock(cause: LockCause): void {
    this.#locks += 1;
    if (this.#master === null) return;
    wipe(this.#master);
    this.#master = null;
    this.#lockCause = cause;
    this.#idle.stop();
    this.tell();
    this.#parts.onLocked(cause);
  }

  /**
   * Also asked of unlocked keys: the passphrase again, before a secret leaves or goes.
   * Errors: `UNLOCK_TOO_SOON`, `PASSPHRASE_WRONG`, `SECRET_STORE_UNAVAILABLE`, those of the key file.
   */
  async unlock(passphrase: Uint8Array): Promise<Result<null, KeelError>> {
    const locks = this.#locks;
    const master = await this.#openMaster(passphrase);
    if (!master.ok) return master;
    return this.#use(master.value, locks) ? ok(null) : err(signerLocked());
  }

  /** The first passphrase. Errors: `PASSPHRASE_WEAK`, `SECRET_STORE_UNAVAILABLE`, those of writing. */
  async choosePassphrase(
    passphrase: Uint8Array,
    secondWrap: boolean,
  ): Promise<Result<null, KeelError>> {
    const weakness = weaknessOf(passphrase);
    return weakness === null ? this.#protect(null, passphrase, secondWrap) : err(weakness);
  }

  /** A new passphrase; the second wrap stays as it is. Errors: as of `unlock` and `choosePassphrase`. */
  async changePassphrase(current: Uint8Array, next: Uint8Array): Promise<Result<null, KeelError>> {
    const weakness = weaknessOf(next);
    if (weakness !== null) return err(weakness);
    return this.#protectAnew(current, next, this.state.secondWrap);
  }

  /** Errors: as of `unlock`, those of writing. */
  async setSecondWrap(passphrase: Uint8Array, enable: boolean): Promise<Result<null, KeelError>> {
    return this.#protectAnew(passphrase, passphrase, enable);
  }

  /** Whether the operating system's store serves: the secret is made now, or found, and used if the trader says so. */
  async trySecretStore(): Promise<Result<null, KeelError>> {
    const secret = await this.#parts.deviceSecrets.create();
    if (!secret.ok) return secret;
    wipe(secret.value);
    return ok(null);
  }

  /** Errors: `SIGNER_LOCKED`, `KEY_EXISTS`, those of writing. */
  addKeypair(keypair: NewKeypair): Result<KeyInfo, KeelError> {
    return this.#withMaster((store, master) => store.addKeypair(master, keypair));
  }

  /** Whoever calls has proved the passphrase just before. Errors: `SIGNER_LOCKED`, `KEY_NOT_FOUND`, those of writing. */
  removeKeypair(publicKey: Address): Result<null, KeelError> {
    return this.#withMaster((store) => store.remove(publicKey, 'keypair'));
  }

  /** Whoever calls has proved the passphrase just before. Errors: `SIGNER_LOCKED`, those of `writeKeypairFile`. */
  exportKeypair(publicKey: Address, path: string): Result<null, KeelError> {
    return this.#withSecret(publicKey, (seed) => writeKeypairFile(path, seed));
  }

  /** 64 bytes. Errors: `SIGNER_LOCKED`, `KEY_NOT_FOUND`, `KEY_FILE_DAMAGED`. */
  sign(publicKey: Address, message: Uint8Array): Result<Uint8Array, KeelError> {
    return this.#withSecret(publicKey, (seed) => ok(signWith(seed, message)));
  }

  /** A change that needs no secret. */
  change<Value>(work: (store: KeyStore) => Result<Value, KeelError>): Result<Value, KeelError> {
    if (!this.#opened.ok) return this.#opened;
    const done = work(this.#opened.value.store);
    this.tell();
    return done;
  }

  /** Tells the state unless it is the one that was told last. */
  tell(): void {
    const { state } = this;
    const text = JSON.stringify(state);
    if (text === this.#told) return;
    this.#told = text;
    this.#parts.onState(state);
  }

  /** False: the keys were locked while the passphrase was worked on, and stay so. */
  #use(master: Buffer, locks: number): boolean {
    const stillWanted = locks === this.#locks;
    if (stillWanted) {
      wipe(this.#master);
      this.#master = master;
      this.#idle.restart();
    } else wipe(master);
    this.tell();
    return stillWanted;
  }

  #withMaster<Value>(
    work: (store: KeyStore, master: Buffer) => Result<Value, KeelError>,
  ): Result<Value, KeelError> {
    return this.change((store) => {
      const master = this.isUnlocked ? this.#master : null;
      return master === null ? err(signerLocked()) : work(store, master);
    });
  }

  #withSecret<Value>(
    publicKey: Address,
    work: (seed: Buffer) => Result<Value, KeelError>,
  ): Result<Value, KeelError> {
    return this.#withMaster((store, master) => {
      const seed = store.openSecret(master, publicKey);
      if (!seed.ok) return seed;
      try {
        return work(seed.value);
      } finally {
        wipe(seed.value);
      }
    });
  }

  async #openMaster(passphrase: Uint8Array): Promise<Result<Buffer, KeelError>> {
    if (!this.#opened.ok) return this.#opened;
    const { store, attempts } = this.#opened.value;
    const tooSoon = attempts.begin();
    if (tooSoon !== null) return err(tooSoon);
    const device = store.secondWrap ? await this.#parts.deviceSecrets.load() : ok(null);
    const master = device.ok ? await store.openMaster(passphrase, device.value) : device;
    if (device.ok) wipe(device.value);
    if (master.ok) attempts.succeeded();
    else if (master.error.code !== 'PASSPHRASE_WRONG') attempts.cancelled();
    else if (attempts.slowed) this.lock('too-many-attempts');
    this.tell();
    return master;
  }

  async #protectAnew(
    current: Uint8Array,
    next: Uint8Array,
    secondWrap: boolean,
  ): Promise<Result<null, KeelError>> {
    const locks = this.#locks;
    const master = await this.#openMaster(current);
    if (!master.ok) return master;
    const done = await this.#protect(master.value, next, secondWrap, locks);
    wipe(master.value);
    return done;
  }

  async #protect(
    master: Buffer | null,
    passphrase: Uint8Array,
    secondWrap: boolean,
    locks = this.#locks,
  ): Promise<Result<null, KeelError>> {
    if (!this.#opened.ok) return this.#opened;
    const { store } = this.#opened.value;
    const { deviceSecrets } = this.#parts;
    const had = store.secondWrap;
    const device = secondWrap ? await deviceSecrets.create() : ok(null);
    if (!device.ok) return device;
    const fresh = await store.protect(master, passphrase, device.value);
    wipe(device.value);
    if (fresh.ok && had && !secondWrap) await deviceSecrets.forget();
    if (!fresh.ok) return fresh;
    this.#use(fresh.value, locks);
    return ok(null);
  }
}
