/** Rust enums as the coder represents them: an object with one key, `{ active: {} }`. */
export function variantOf(value: object): string {
  const name = Object.keys(value)[0];
  if (name === undefined) throw new Error('An enum value without a variant');
  return name;
}
