import { unwatched } from '../../src/core/control.ts';
import type { Interval } from '../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../src/core/forecast/sharedRateForecaster.ts';
import { mean, median } from './middles.ts';
import type { CurveCase } from './realCurves.ts';
import type { ShownEnd } from './shownEnd.ts';
import { hasSettled, shownEnd } from './shownEnd.ts';

const level = 0.9;
/** Of the standard normal at (1 + level) / 2. */
const quantile = 1.6449;
const tolerances = [0.02, 0.05, 0.1] as const;
const usual = 0.05;
const lengths = [20, 50, 100, 200];

interface Printed {
  readonly one: CurveCase;
  readonly end: ShownEnd;
  readonly isRising: boolean;
  /** The interval begins further on than the run is. */
  readonly isAhead: boolean;
  readonly limit: Interval;
}

/**
 * Whether the limits that are printed for prefixes of real curves hold what the curves then show. Curves that settle are told by
 * their tails; of those that still move, only one that has passed the interval's far end is surely missed.
 */
export function reportLimits(cases: readonly CurveCase[]): void {
  const printed = cases.flatMap((one) => {
    const input = { name: 'y', role: 'none', direction: 'none', range: {}, x: one.x, y: one.y } as const;
    const request = { at: Float64Array.of(one.x.at(-1) ?? 0), level, tolerance: 0.01 };
    const [given] = sharedRateForecaster.forecast([input], request, unwatched);
    if (given === undefined || given.limit === null) return [];
    const end = shownEnd(one.whole.x, one.whole.y);
    const { limit, fitted, evidence } = given;
    const now = fitted.at(-1) ?? limit.value;
    const isAhead = now < limit.lower || now > limit.upper;
    return [{ one, end, limit, isAhead, isRising: limit.value > (fitted[evidence.since - 1] ?? 0) }];
  });
  process.stdout.write(`\nprinted limits, ${cases.length} prefixes: the 90 % interval against the mean of the last fifth
"held" allows for that mean's own error, "plainly" does not; ± by projects; "short" stayed short of the interval, "past" went beyond it.
settled: the last third drifts by at most ${usual} of the way; width and error are medians, of the prefix's range.

                       given | settled  held    ±    plainly short past  width  error | moving  past\n`);
  const print = (title: string, keyOf: (one: CurveCase) => string, ordered = cases): void => {
    process.stdout.write(`${title}\n`);
    for (const key of new Set(ordered.map(keyOf))) {
      const all = cases.filter((one) => keyOf(one) === key).length;
      const own = printed.filter(({ one }) => keyOf(one) === key);
      process.stdout.write(`  ${key.padEnd(18)} ${line(own, all, usual)}\n`);
    }
  };
  print('all', () => 'all');
  print('kind', ({ kind }) => kind);
  print('prefix', ({ share }) => String(share));
  const byLength = cases.toSorted((a, b) => a.x.length - b.x.length);
  print('checkpoints', lengthOf, byLength);
  process.stdout.write('where the interval begins\n');
  for (const isAhead of [false, true]) {
    const own = printed.filter((given) => given.isAhead === isAhead);
    process.stdout.write(
      `  ${(isAhead ? 'beyond the run' : 'where the run is').padEnd(18)} ${line(own, cases.length, usual)}\n`,
    );
  }
  process.stdout.write('settled within\n');
  for (const tolerance of tolerances) {
    process.stdout.write(`  ${String(tolerance).padEnd(18)} ${line(printed, cases.length, tolerance)}\n`);
  }
  const settled = printed.filter(({ end }) => hasSettled(end, usual));
  const owners = Array.from(new Set(settled.map(({ one }) => one.owner)));
  const without = owners.map((owner) => mean(settled.filter(({ one }) => one.owner !== owner).map(asHeld)));
  const each = owners.map((owner) => mean(settled.filter(({ one }) => one.owner === owner).map(asHeld)));
  process.stdout.write(
    `one of ${owners.length} projects left out: ${figure(Math.min(...without))} to ${figure(Math.max(...without))} held; each project counted once: ${figure(mean(each))}\n`,
  );
}

function lengthOf({ x }: CurveCase): string {
  const most = lengths.find((length) => x.length < length);
  return most === undefined ? `${lengths.at(-1)} and more` : `under ${most}`;
}

function line(own: readonly Printed[], all: number, tolerance: number): string {
  const settled = own.filter(({ end }) => hasSettled(end, tolerance));
  const moving = own.filter(({ end }) => !hasSettled(end, tolerance));
  const within = settled.map(({ end, limit }) => (limit.lower <= end.level && end.level <= limit.upper ? 1 : 0));
  return [
    figure(own.length / all),
    '|',
    String(settled.length).padStart(6),
    `  ${figure(mean(settled.map(asHeld)))}`,
    figure(errorByOwners(settled)),
    `  ${figure(mean(within))}`,
    String(settled.filter((one) => sideOf(one) === 'short').length).padStart(6),
    String(settled.filter((one) => sideOf(one) === 'past').length).padStart(4),
    `  ${figure(median(settled.map(({ limit, one }) => (limit.upper - limit.lower) / rangeOf(one.y))))}`,
    figure(median(settled.map(({ limit, end, one }) => Math.abs(limit.value - end.level) / rangeOf(one.y)))),
    '|',
    String(moving.length).padStart(5),
    `  ${figure(mean(moving.map((one) => (sideOf(one) === 'past' ? 1 : 0))))}`,
  ].join(' ');
}

/** On which side of the interval the curve ended, if outside of it, the error of its level allowed for. */
function sideOf({ end, limit, isRising }: Printed): 'within' | 'short' | 'past' {
  const error = quantile * end.error;
  const lower = limit.value - Math.hypot(limit.value - limit.lower, error);
  const upper = limit.value + Math.hypot(limit.upper - limit.value, error);
  if (end.level >= lower && end.level <= upper) return 'within';
  return end.level > upper === isRising ? 'past' : 'short';
}

function asHeld(one: Printed): number {
  return sideOf(one) === 'within' ? 1 : 0;
}

/** Standard error of the share that is held, where the curves of a project stand and fall together. */
function errorByOwners(all: readonly Printed[]): number {
  const held = mean(all.map(asHeld));
  const sums = new Map<string, number>();
  for (const printed of all) {
    const { owner } = printed.one;
    sums.set(owner, (sums.get(owner) ?? 0) + asHeld(printed) - held);
  }
  return Math.hypot(...sums.values()) / all.length;
}

function rangeOf(y: Float64Array): number {
  return y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
}

function figure(value: number): string {
  return (Number.isNaN(value) ? '-' : value.toFixed(3)).padStart(6);
}
