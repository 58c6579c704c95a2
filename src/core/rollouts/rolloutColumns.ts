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

/** The columns of an estimate, and of what they were described. */
interface KnownColumns {
  readonly estimate: Estimate;
  readonly k: number;
  readonly prefix: string;
  readonly values: MetricValues | undefined;
  readonly name: string;
  readonly column: number;
  /** Of the standard error; -1 until one is there. */
  beside: number;
}

/** Puts what steps say into rows that are begun; each estimate has its standard error beside it. */
export class EstimateColumns {
  readonly #sink: RowSink;
  /** Of the step before, in its order: the next one mostly says the same things. */
  readonly #known: KnownColumns[] = [];

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  put({ estimates, prompts }: StepResult, names: RolloutNames): void {
    for (const [i, estimate] of estimates.entries()) {
      const values = names.metrics.get(estimate.metric);
      const known = this.#columnsOf(i, estimate, values, names);
      this.#sink.number(known.column, estimate.value);
      const error = errorOf(estimate, prompts, values);
      if (error === null) continue;
      if (known.beside < 0) known.beside = this.#besideOf(known.name);
      this.#sink.number(known.beside, error);
    }
  }

  #columnsOf(
    place: number,
    estimate: Estimate,
    values: MetricValues | undefined,
    { prefix, size }: RolloutNames,
  ): KnownColumns {
    const k = estimate.kind === 'mean' ? size : estimate.k;
    const before = this.#known[place];
    if (
      before !== undefined &&
      before.k === k &&
      before.prefix === prefix &&
      before.values === values &&
      isOfTheSame(before.estimate, estimate)
    ) {
      return before;
    }
    const own = `${estimate.source === null ? '' : `${estimate.source}/`}${estimate.metric}`;
    const name = `${prefix}${own}/${words[estimate.kind]}@${k}`;
    const column = this.#sink.column(name);
    this.#sink.describe(column, factsOf(estimate, k, values));
    const known: KnownColumns = { estimate, k, prefix, values, name, column, beside: -1 };
    this.#known[place] = known;
    return known;
  }

  #besideOf(name: string): number {
    const column = this.#sink.column(`${name}/se`);
    this.#sink.describe(column, {
      direction: 'none',
      errorOf: name,
      why: `the standard error of ${name}, from its prompts`,
    });
    return column;
  }
}

const isOfTheSame = (a: Estimate, b: Estimate): boolean =>
  a.metric === b.metric && a.kind === b.kind && a.k === b.k && a.source === b.source;

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
