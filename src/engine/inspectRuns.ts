import type { Problem } from '../core/problem.ts';
import type { InspectedRun, InspectedSeries } from '../core/report/inspectReport.ts';
import type { Run, Series } from '../core/runs/run.ts';

export function inspectRun({ name, xName, checkpoints, budget, stepsPerEpoch, series }: Run): InspectedRun {
  return {
    name,
    x: { name: xName, count: checkpoints.length, first: checkpoints[0] ?? null, last: checkpoints.at(-1) ?? null },
    budget,
    stepsPerEpoch,
    series: series.map(inspectSeries),
  };
}

function inspectSeries({ name, xName, role, direction, x, y, min, max, cold, why }: Series): InspectedSeries {
  const end = y.length - 1;
  const n = cold?.n ?? y.length;
  return {
    name,
    x: xName,
    role,
    direction,
    n,
    first: cold !== undefined ? cold.first : end < 0 ? null : [x[0] ?? 0, y[0] ?? 0],
    last: cold !== undefined ? cold.last : end < 0 ? null : [x[end] ?? 0, y[end] ?? 0],
    min: n === 0 ? null : min,
    max: n === 0 ? null : max,
    why,
  };
}

/** Problems of the log and of its runs; of one kind the first stands for all. */
export function problemsOf(own: readonly Problem[], runs: readonly Run[]): Problem[] {
  const all = new Map<string, Problem>();
  for (const problem of [...own, ...runs.flatMap(({ problems }) => problems)]) {
    const known = all.get(problem.code);
    all.set(problem.code, known === undefined ? problem : { ...known, count: known.count + problem.count });
  }
  return [...all.values()];
}
