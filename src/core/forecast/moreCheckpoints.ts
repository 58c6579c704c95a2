import type { Control } from '../control.ts';
import type { ForecastRequest, SeriesInput } from './forecaster.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import { seriesPosterior } from './seriesPosterior.ts';
import { isBounded } from './widestLimit.ts';

const growths = [0.25, 0.5, 1, 2];

/**
 * About how many checkpoints more would bound the limit, if the run went on along the mean curve without noise: a few
 * lengths are tried, so the answer is one of them; 3 times the run where none is enough.
 */
export function moreCheckpoints(
  input: SeriesInput,
  posterior: SeriesPosterior,
  request: ForecastRequest,
  control: Control,
): number {
  const n = input.x.length;
  const last = input.x[n - 1] ?? 0;
  const spacing = (last - (input.x[0] ?? 0)) / (n - 1);
  for (const growth of growths) {
    control.check();
    const added = Math.max(1, Math.ceil(growth * n));
    const x = Float64Array.from({ length: n + added }, (_, i) =>
      i < n ? (input.x[i] ?? 0) : last + (i - n + 1) * spacing,
    );
    const y = x.map((at, i) => (i < n ? (input.y[i] ?? 0) : posterior.mean(at)));
    const { name, role, direction, range } = input;
    const longer = seriesPosterior({ name, role, direction, range, x, y }, control);
    const covered = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
    if (longer !== null && isBounded(longer.limit(request.level), covered)) return added;
  }
  return 3 * n;
}
