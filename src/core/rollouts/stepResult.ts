/**
 * `mean`: over samples. `best`: of k samples, by score. `majority`: the answer that most of k samples give. `chosen`: the
 * sample of least uncertainty a token (THEORY: the verifier's pick).
 */
export type EstimateKind = 'mean' | 'best' | 'majority' | 'chosen';

const kinds: ReadonlySet<unknown> = new Set<EstimateKind>(['mean', 'best', 'majority', 'chosen']);

/** What the samples of one step say of one quantity. */
export interface Estimate {
  readonly metric: string;
  readonly kind: EstimateKind;
  /** Samples a prompt that it is of. */
  readonly k: number;
  /** The data set that it is of; null for all. */
  readonly source: string | null;
  readonly value: number;
  /** Standard error, prompts being the independent units; null where fewer than two prompts have it. */
  readonly error: number | null;
}

/** What values a metric has. */
export interface MetricValues {
  readonly metric: string;
  readonly direction: 'higher' | 'lower';
  readonly lowest: number;
  readonly highest: number;
  /** It has no others than these two. */
  readonly isTwoValued: boolean;
}

/** All that is kept of the samples of one step. */
export interface StepResult {
  readonly step: number;
  readonly samples: number;
  readonly prompts: number;
  /** Samples that most prompts have. */
  readonly size: number;
  readonly estimates: readonly Estimate[];
  readonly metrics: readonly MetricValues[];
}

/** A step's result that was written down earlier, perhaps by another version; null where it is none. */
export function readStepResult(value: unknown): StepResult | null {
  if (!isObject(value)) return null;
  const { step, samples, prompts, size, estimates, metrics } = value;
  if (!isNumber(step) || !isNumber(samples) || !isNumber(prompts) || !isNumber(size)) return null;
  if (!Array.isArray(estimates) || !estimates.every(isEstimate)) return null;
  if (!Array.isArray(metrics) || !metrics.every(isMetricValues)) return null;
  return { step, samples, prompts, size, estimates, metrics };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isEstimate(value: unknown): value is Estimate {
  if (!isObject(value)) return false;
  const { metric, kind, k, source, value: estimate, error } = value;
  return (
    typeof metric === 'string' &&
    kinds.has(kind) &&
    isNumber(k) &&
    (source === null || typeof source === 'string') &&
    isNumber(estimate) &&
    (error === null || isNumber(error))
  );
}

function isMetricValues(value: unknown): value is MetricValues {
  if (!isObject(value)) return false;
  const { metric, direction, lowest, highest, isTwoValued } = value;
  return (
    typeof metric === 'string' &&
    (direction === 'higher' || direction === 'lower') &&
    isNumber(lowest) &&
    isNumber(highest) &&
    typeof isTwoValued === 'boolean'
  );
}
