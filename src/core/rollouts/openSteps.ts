import type { Sample } from './sample.ts';
import type { StepResult } from './stepResult.ts';
import { summariseStep } from './summariseStep.ts';

/** Steps that samples still come for; a file has one, or one after the other. */
const mostOpen = 8;

/** Gathers samples by step and sums up each step once no more of it come. */
export class OpenSteps {
  readonly #metrics: readonly string[];
  readonly #onResult: (result: StepResult) => void;
  readonly #open = new Map<number, Sample[]>();

  /** @param metrics names of the scores; may grow while samples come. */
  constructor(metrics: readonly string[], onResult: (result: StepResult) => void) {
    this.#metrics = metrics;
    this.#onResult = onResult;
  }

  add(step: number, sample: Sample): void {
    const samples = this.#open.get(step);
    if (samples !== undefined) {
      samples.push(sample);
      return;
    }
    this.#open.set(step, [sample]);
    const [oldest] = this.#open.keys();
    if (this.#open.size <= mostOpen || oldest === undefined) return;
    this.#onResult(this.#summary(oldest));
    this.#open.delete(oldest);
  }

  /** Results of the steps that are open, in the order in which they began; they stay open. */
  results(): readonly StepResult[] {
    return [...this.#open.keys()].map((step) => this.#summary(step));
  }

  /** How far it is, to come back to with `cutTo`. */
  mark(): ReadonlyMap<number, number> {
    return new Map([...this.#open].map(([step, samples]) => [step, samples.length]));
  }

  /** Takes back samples added since, none of which may have closed a step. */
  cutTo(mark: ReadonlyMap<number, number>): void {
    for (const [step, samples] of this.#open) {
      const count = mark.get(step);
      if (count === undefined) this.#open.delete(step);
      else samples.length = count;
    }
  }

  #summary(step: number): StepResult {
    return summariseStep(step, this.#metrics, this.#open.get(step) ?? []);
  }
}
