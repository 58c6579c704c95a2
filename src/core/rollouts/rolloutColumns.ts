import type { ColumnFacts, RowSink } from '../formats/format.ts';
import type { ValueRange } from '../runs/run.ts';
import type { Estimate, MetricValues, StepResult } from './stepResult.ts';
import { commonSize, uncertaintyNames } from './summariseStep.ts';

/** The number of samples a prompt by which the series of a run are named: that of most steps. */
export function runSize(results: readonly StepResult[]): number {
  return commonSize(results.map(({ size }) => ({ length: size })));
}

/** Adds what values the metrics of a step have: two only where no step has a third. */
export function addMetrics(all: Map<string, MetricValues>, { metrics }: StepResult): void {
  for (const values of metrics) {
    const known = all.get(values.metric);
    all.set(values.metric, known === undefined ? values : together(known, values));
  }
}

function together(a: MetricValues, b: MetricValues): MetricValues {
  const lowest = Math.min(a.lowest, b.lowest);
  const highest = Math.max(a.highest, b.highest);
  const isInside = [a, b].every((one) =>
    [one.lowest, one.highest].every((value) => value === lowest || value === highest),
  );
  return { ...a, lowest, highest, isTwoValued: a.isTwoValued && b.isTwoValued && isInside };
}

export interface RolloutNames {
  /** Put before the names, such as `val/`. */
  readonly prefix: string;
  /** Samples a prompt. */
  readonly size: number;
  readonly metrics: ReadonlyMap<string, MetricValues>;
}

/** The column of the x axis. */
export function stepColumn(sink: RowSink): number {
  const column = sink.column('step');
  sink.describe(column, { axis: 0, why: 'the step at which the samples were drawn' });
  return column;
}

/** Puts what a step says into the row that is begun; each estimate has its standard error beside it. */
export function putEstimates(sink: RowSink, result: StepResult, { prefix, size, metrics }: RolloutNames): void {
  const { estimates, prompts } = result;
  for (const estimate of estimates) {
    const own = `${estimate.source === null ? '' : `${estimate.source}/`}${estimate.metric}`;
    const k = estimate.kind === 'mean' ? size : estimate.k;
    const name = `${prefix}${own}/${words[estimate.kind]}@${k}`;
    const column = sink.column(name);
    sink.describe(column, factsOf(estimate, k, metrics.get(estimate.metric)));
    sink.number(column, estimate.value);
    const error = errorOf(estimate, prompts, metrics.get(estimate.metric));
    if (error === null) continue;
    const beside = sink.column(`${name}/se`);
    sink.describe(beside, { direction: 'none', errorOf: name, why: `the standard error of ${name}, from its prompts` });
    sink.number(beside, error);
  }
}

/**
 * Prompts that all say the same do not make it certain: of a metric with two values the error is then that of a share, the
 * standard deviation under Jeffreys' prior where all of n cases are at one end; of any other metric it is not known.
 */
function errorOf({ error }: Estimate, prompts: number, values: MetricValues | undefined): number | null {
  if (error !== 0) return error;
  if (values === undefined || !values.isTwoValued || values.lowest === values.highest) return null;
  const variance = (0.5 * (prompts + 0.5)) / ((prompts + 1) ** 2 * (prompts + 2));
  return (values.highest - values.lowest) * Math.sqrt(variance);
}

const words: Readonly<Record<Estimate['kind'], string>> = {
  mean: 'mean',
  best: 'best',
  majority: 'maj',
  chosen: 'chosen',
};

function factsOf({ kind, metric }: Estimate, k: number, values: MetricValues | undefined): ColumnFacts {
  if (metric === uncertaintyNames.whole || metric === uncertaintyNames.perToken) {
    const what = kind === 'mean' ? 'mean -log p of the responses' : `-log p of the surest of ${k} responses`;
    return { direction: 'lower', range: { lower: 0 }, why: `${what}: lower is better` };
  }
  const what = {
    mean: 'the mean over samples',
    best: `the best of ${k} samples, over all choices of ${k}`,
    majority: `the answer that most of ${k} samples give, over all choices of ${k}`,
    chosen: 'the chosen sample',
  }[kind];
  const isBounded = values?.isTwoValued === true && values.lowest < values.highest;
  const range: ValueRange = isBounded ? { lower: values.lowest, upper: values.highest } : {};
  return { direction: 'higher', range, why: `${what}: higher is better` };
}
