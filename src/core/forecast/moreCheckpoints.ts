import type { Control } from '../control.ts';
import { wholeRun } from './constants.ts';
import type { ForecastRequest, SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import { seriesPosterior } from './seriesPosterior.ts';
import { isBounded } from './widestLimit.ts';

/**
 * About how many checkpoints more would bound the limit, if the run went on along the mean curve with the residuals that it
 * had so far, newest first and then again: as noisy as it was. Few lengths are tried, because each costs a whole posterior: the
 * answer is a quarter, a half, the whole or 3 times the run so far; null where even that would not do.
 */
export function moreCheckpoints(
  input: SeriesInput,
  posterior: SeriesPosterior,
  request: ForecastRequest,
  designs: Designs,
  control: Control,
): number | null {
  const n = input.x.length;
  const last = input.x[n - 1] ?? 0;
  const spacing = (last - (input.x[0] ?? 0)) / (n - 1);
  const isEnough = (added: number): boolean => {
    control.check();
    const x = Float64Array.from({ length: n + added }, (_, i) =>
      i < n ? (input.x[i] ?? 0) : last + (i - n + 1) * spacing,
    );
    const mean = posterior.curve(x);
    const residual = (i: number): number => (input.y[i] ?? 0) - (mean[i] ?? 0);
    const y = mean.map((value, i) => (i < n ? (input.y[i] ?? 0) : value + residual(n - 1 - ((i - n) % n))));
    const { name, role, direction, range } = input;
    const longer = seriesPosterior({ name, role, direction, range, x, y }, wholeRun, designs, control);
    if (longer === null) return false;
    const [limit, open] = [longer.limit(request.level), longer.openLimit(request.level)];
    return isBounded({ limit, open, range, curve: longer.curve(x) });
  };
  const half = Math.ceil(n / 2);
  const quarter = Math.ceil(n / 4);
  if (isEnough(half)) return isEnough(quarter) ? quarter : half;
  if (isEnough(n)) return n;
  return isEnough(3 * n) ? 3 * n : null;
}
