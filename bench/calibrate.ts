import { unwatched } from '../src/core/control.ts';
import { latePart, wholeRun } from '../src/core/forecast/constants.ts';
import type { SeriesInput } from '../src/core/forecast/forecaster.ts';
import { createDesigns } from '../src/core/forecast/gridDesign.ts';
import type { GridPlan } from '../src/core/forecast/gridPlan.ts';
import { newestPart } from '../src/core/forecast/partOf.ts';
import { seriesPosterior } from '../src/core/forecast/seriesPosterior.ts';
import type { CurveCase } from './support/realCurves.ts';
import { curveCases, relativeError } from './support/realCurves.ts';

/**
 * Estimates anew which late parts of a run forecast it, and how far their limit may lie:
 * `node --import tsx bench/calibrate.ts`. Every choice is made with one owner's curves left out and judged on those alone, so
 * that the last line says what to expect elsewhere; the choice on all curves is what stands in constants.ts.
 */
const plans: Readonly<Record<string, GridPlan>> = {
  'as the whole': { ...latePart, limitSpreads: wholeRun.limitSpreads, amplitudeSpread: wholeRun.amplitudeSpread },
  wide: { ...latePart, limitSpreads: [3], amplitudeSpread: 4 },
  wider: latePart,
};
const parts = [1, 0.85, 0.7, 0.5, 0.35, 0.25];
const sets: readonly (readonly number[])[] = [
  ...parts.map((share) => [share]),
  [1, 0.5],
  [0.85, 0.5],
  [0.7, 0.5],
  [0.7, 0.35],
  [0.5, 0.35],
  [0.7, 0.5, 0.35],
  [0.85, 0.7, 0.5, 0.35],
];

const cases = curveCases();
const errors = new Map<string, Float64Array>();
for (const [name, plan] of Object.entries(plans)) {
  const medians = new Map(parts.map((share) => [share, cases.map((one) => forecast(one, share, plan))]));
  for (const set of sets) {
    const own = cases.map((one, i) => {
      const each = set.map((share) => medians.get(share)?.[i] ?? one.at);
      const mean = one.at.map((_, k) => each.reduce((sum, values) => sum + (values[k] ?? 0), 0) / set.length);
      return relativeError(one, mean);
    });
    errors.set(`${set.join(' + ')}, ${name}`, Float64Array.from(own));
  }
}

process.stdout.write('parts and prior               median   mean  mean log\n');
for (const [name, own] of errors) print(name, own);

const owners = Array.from(new Set(cases.map(({ owner }) => owner)));
const all = cases.map(() => true);
process.stdout.write(`\nbest on all ${cases.length} cases: ${best(all)}\n`);
const chosen = new Map<string, number>();
const left = new Float64Array(cases.length);
for (const owner of owners) {
  const name = best(cases.map((one) => one.owner !== owner));
  chosen.set(name, (chosen.get(name) ?? 0) + 1);
  cases.forEach((one, i) => {
    if (one.owner === owner) left[i] = errors.get(name)?.[i] ?? 0;
  });
}
for (const [name, count] of chosen) process.stdout.write(`chosen with one owner left out: ${name}, ${count} times\n`);
print('left-out owners', left);

function forecast({ x, y, at }: CurveCase, share: number, plan: GridPlan): Float64Array {
  const input: SeriesInput = { name: 'y', role: 'none', direction: 'none', range: {}, x, y };
  const posterior = seriesPosterior(newestPart(input, share, 5), plan, createDesigns(), unwatched);
  const last = y.at(-1) ?? 0;
  return posterior === null ? at.map(() => last) : Float64Array.from(posterior.points(at, 0.5), (point) => point.y);
}

/** By mean logarithm, which neither a few hopeless cases nor many easy ones decide alone. */
function best(isIn: readonly boolean[]): string {
  const scores = Array.from(errors, ([name, own]) => ({
    name,
    score: meanLog(own.filter((_, i) => isIn[i] === true)),
  }));
  return scores.reduce((a, b) => (b.score < a.score ? b : a)).name;
}

function print(name: string, own: Float64Array): void {
  const sorted = own.slice().sort();
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  process.stdout.write(
    `${name.padEnd(28)} ${(sorted[sorted.length >> 1] ?? 0).toFixed(4)} ${mean.toFixed(4)}  ${meanLog(own).toFixed(3)}\n`,
  );
}

function meanLog(own: Float64Array): number {
  return own.reduce((sum, value) => sum + Math.log(value + 0.01), 0) / own.length;
}
