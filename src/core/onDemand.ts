/**
 * A value that is made when it is first asked for. An expression with classes of Unicode takes half a millisecond to be read,
 * and a short command uses few of them.
 */
export function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
