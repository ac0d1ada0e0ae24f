/** A package whose code is in Keel, as it was licensed to us. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** The licence's own text; empty where the package brings none. */
  readonly text: string;
}
