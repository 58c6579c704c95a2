import { Refusal } from '../../core/problem.ts';

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export interface FormulaText {
  /** As it was given, without the bounds: what the model is called. */
  readonly expression: string;
  /** Signs of the text as it was given before the expression, so that a place can be told in the user's own words. */
  readonly offset: number;
  readonly bounds: ReadonlyMap<string, Bounds>;
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const boundsAtEnd = new RegExp(String.raw`[,;]\s*([A-Za-z_]\w*)\s+in\s+(${number})\s*\.\.\s*(${number})\s*$`, 'i');

/**
 * Parts a formula such as `y = L + a*exp(-k*t^c), k in 0.1..10` into its expression and its bounds.
 * @throws Refusal where bounds are not a rising pair, or stand twice for one parameter.
 */
export function readFormulaText(text: string): FormulaText {
  const start = /^\s*(?:y\s*=(?!=))?\s*/.exec(text)?.[0].length ?? 0;
  const bounds = new Map<string, Bounds>();
  let rest = text.slice(start).trimEnd();
  for (let match = boundsAtEnd.exec(rest); match !== null; match = boundsAtEnd.exec(rest)) {
    const [, name = '', low, high] = match;
    const [lower, upper] = [Number(low), Number(high)];
    if (!(lower < upper)) {
      throw formulaRefusal(text, `the bounds of ${name} must rise; write "${name} in ${upper}..${lower}"`);
    }
    if (bounds.has(name)) throw formulaRefusal(text, `${name} has bounds twice; leave one pair out`);
    bounds.set(name, { lower, upper });
    rest = rest.slice(0, match.index).trimEnd();
  }
  const half = /[,;]\s*[A-Za-z_]\w*\s+in\b.*$/i.exec(rest);
  if (half !== null) {
    const place = start + half.index + 1;
    throw formulaRefusal(text, `the bounds after sign ${place} cannot be read; write them as "k in 0.1..10"`);
  }
  return { expression: rest, offset: start, bounds };
}

/** @param why follows a colon: what is wrong, and after a semicolon what to do about it. */
export function formulaRefusal(text: string, why: string): Refusal {
  return new Refusal('formula-malformed', `The formula "${text}" cannot be used: ${why}.`);
}
