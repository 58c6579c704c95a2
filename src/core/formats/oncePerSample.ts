import type { Sample } from './format.ts';

/** Looks at a sample once, however many formats ask: some forty of them sniff each log. */
export function oncePerSample<T>(look: (sample: Sample) => T): (sample: Sample) => T {
  const seen = new WeakMap<Sample, { readonly found: T }>();
  return (sample) => {
    const known = seen.get(sample);
    if (known !== undefined) return known.found;
    const found = look(sample);
    seen.set(sample, { found });
    return found;
  };
}
