import { Refusal } from '../core/problem.ts';
import { nearestNames } from '../core/runs/nearestNames.ts';
import type { Run, Series } from '../core/runs/run.ts';
import { seriesMeaning } from '../core/runs/seriesMeaning.ts';

interface Definition {
  readonly name: string;
  readonly expression: string;
}

/**
 * Adds series by expressions over the others (`gap = solver - verifier`), at the x that all of them have. Series are called
 * by their names, whatever signs these hold, or by their roles. mathjs is loaded for it, and sees nothing but numbers.
 * @throws Refusal where an expression cannot be read or names what is not there.
 */
export async function deriveSeries(run: Run, derive: readonly string[]): Promise<Run> {
  if (derive.length === 0) return run;
  const { compileExpression } = await import('./compileExpression.ts');
  let series = run.series;
  for (const text of derive) {
    const { name, expression } = definitionOf(text);
    const { symbols, plain } = withSymbols(expression, series);
    const inputs = [...symbols.values()];
    const evaluate = compileExpression(plain, [...symbols.keys()], (why) => refusal(text, why, series));
    const derived = tabulate(inputs, (values) => evaluate(values));
    if (inputs.length === 0) throw refusal(text, 'it uses none of the series', series);
    if (derived.x.length === 0) throw refusal(text, 'its series have no x in common', series);
    series = [...series.filter((one) => one.name !== name), describe(name, derived, inputs, series)];
  }
  return { ...run, series };
}

function definitionOf(text: string): Definition {
  const equals = text.indexOf('=');
  const [name, expression] = [text.slice(0, Math.max(0, equals)).trim(), text.slice(equals + 1).trim()];
  if (name === '' || expression === '') {
    throw new Refusal('derive-malformed', `A derived series is NAME = EXPRESSION, and "${text}" is not.`);
  }
  return { name, expression };
}

/** Names may hold any signs, so each becomes a plain symbol first: the longest first, lest one be found inside another. */
function withSymbols(expression: string, series: readonly Series[]): { symbols: Map<string, Series>; plain: string } {
  const called: { readonly text: string; readonly series: Series }[] = series.map((one) => ({
    text: one.name,
    series: one,
  }));
  for (const role of ['solver', 'verifier', 'gap'] as const) {
    const found = series.find((one) => one.role === role);
    if (found !== undefined && !series.some(({ name }) => name === role)) called.push({ text: role, series: found });
  }
  called.sort((a, b) => b.text.length - a.text.length);
  const symbols = new Map<string, Series>();
  const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);
  let plain = '';
  for (let i = 0; i < expression.length; ) {
    const before = expression[i - 1];
    const match = called.find(({ text }) => {
      if (text === '' || !expression.startsWith(text, i)) return false;
      const insideBefore = isWordSign(text[0]) && isWordSign(before);
      const insideAfter = isWordSign(text.at(-1)) && isWordSign(expression[i + text.length]);
      return !insideBefore && !insideAfter;
    });
    if (match === undefined) {
      plain += expression[i];
      i += 1;
      continue;
    }
    const known = [...symbols].find(([, one]) => one === match.series)?.[0];
    const symbol = known ?? `series${symbols.size}`;
    symbols.set(symbol, match.series);
    plain += ` ${symbol} `;
    i += match.text.length;
  }
  return { symbols, plain };
}

function tabulate(
  inputs: readonly Series[],
  evaluate: (values: readonly number[]) => number,
): { x: Float64Array; y: Float64Array } {
  const others = inputs.slice(1).map(({ x, y }) => new Map(Array.from(x, (at, i) => [at, y[i] ?? Number.NaN])));
  const first = inputs[0];
  const x: number[] = [];
  const y: number[] = [];
  first?.x.forEach((at, i) => {
    const values = [first.y[i] ?? Number.NaN, ...others.map((other) => other.get(at) ?? Number.NaN)];
    if (values.some(Number.isNaN)) return;
    const value = evaluate(values);
    if (!Number.isFinite(value)) return;
    x.push(at);
    y.push(value);
  });
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

function describe(
  name: string,
  { x, y }: { x: Float64Array; y: Float64Array },
  inputs: readonly Series[],
  series: readonly Series[],
): Series {
  const extremes = { min: y.reduce((a, b) => Math.min(a, b)), max: y.reduce((a, b) => Math.max(a, b)) };
  const meaning = seriesMeaning(name, extremes);
  const wanted = (['solver', 'verifier', 'gap'] as const).find((role) =>
    new RegExp(`(^|[^a-z])${role}([^a-z]|$)`, 'i').test(name),
  );
  const isFree = wanted !== undefined && !series.some((one) => one.role === wanted && one.name !== name);
  const role = isFree ? wanted : 'none';
  return {
    name,
    xName: inputs[0]?.xName ?? '',
    role,
    direction:
      role === 'gap' ? 'none' : meaning.direction !== 'none' ? meaning.direction : (inputs[0]?.direction ?? 'none'),
    range: meaning.range,
    x,
    y,
    ...extremes,
    why: role === 'none' ? 'derived by an expression' : `derived by an expression; its name says ${role}`,
  };
}

function refusal(text: string, why: string, series: readonly Series[]): Refusal {
  const names = nearestNames(
    '',
    series.map(({ name }) => name),
  );
  return new Refusal('derive-malformed', `"${text}" cannot be evaluated: ${why}; ${names}.`);
}
