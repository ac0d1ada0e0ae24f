declare const brand: unique symbol;

/** A nominal type: a `Base` that only its own constructor makes, so that units and ids cannot be mixed up. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
