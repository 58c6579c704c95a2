/** Values nested deeper or wider than this are media or tables, no metrics. */
const deepest = 4;
const mostNested = 200;

/** How JSON writers spell what JSON cannot. */
const spelled: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['+Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/**
 * Numbers of a value that was logged as JSON text: itself, or those in it under names joined by dots. Objects with a
 * `_type` are media (pictures, tables, histograms); texts that spell NaN or an infinity are numbers, other texts are not.
 */
export function numbersOf(json: string, name: string, into: [name: string, value: number][]): void {
  const direct = spelled.get(json);
  if (direct !== undefined) into.push([name, direct]);
  else if (/^[-\d]/.test(json)) {
    const number = Number(json);
    if (!Number.isNaN(number)) into.push([name, number]);
  } else collect(parsed(json), name, 0, into);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function collect(value: unknown, name: string, depth: number, into: [name: string, value: number][]): void {
  if (typeof value === 'number') into.push([name, value]);
  else if (typeof value === 'boolean') into.push([name, value ? 1 : 0]);
  else if (typeof value === 'string') {
    const number = spelled.get(value);
    if (number !== undefined) into.push([name, number]);
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepest) {
    const entries = Object.entries(value);
    if (Object.hasOwn(value, '_type') || entries.length > mostNested) return;
    for (const [key, nested] of entries) collect(nested, `${name}.${key}`, depth + 1, into);
  }
}
