/** Says where bytes stopped making sense. Thrown by the reader alone and caught where a whole text is decoded. */
export class Malformed extends Error {}

/** Reads little-endian fields in order and never past the end. Every method throws `Malformed`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  /** A copy: what was decoded does not change under the reader's feet. */
  bytes(length: number, what: string): Uint8Array {
    return this.#bytes.slice(this.#take(length, what), this.#offset);
  }

  u8(what: string): number {
    return this.#view.getUint8(this.#take(1, what));
  }

  u16(what: string): number {
    return this.#view.getUint16(this.#take(2, what), true);
  }

  u32(what: string): number {
    return this.#view.getUint32(this.#take(4, what), true);
  }

  u64(what: string): bigint {
    return this.#view.getBigUint64(this.#take(8, what), true);
  }

  /** Solana's “compact-u16”: one to three bytes of seven bits. Only the shortest form of a number is taken. */
  compactU16(what: string): number {
    let value = 0;
    for (let place = 0; place < 3; place += 1) {
      const byte = this.u8(what);
      value |= (byte & 0x7f) << (place * 7);
      if ((byte & 0x80) !== 0) continue;
      if (place > 0 && byte === 0) throw new Malformed(`${what} is written longer than it needs`);
      if (value > 0xffff) throw new Malformed(`${what} is above 65,535`);
      return value;
    }
    throw new Malformed(`${what} is written in more than three bytes`);
  }

  /** Refuses what is left over. */
  end(what: string): void {
    if (this.left > 0) throw new Malformed(`${this.left} bytes follow ${what}`);
  }

  #take(length: number, what: string): number {
    if (this.left < length) throw new Malformed(`${what} is cut short`);
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}
