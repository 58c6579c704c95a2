import { OpenSteps } from '../../rollouts/openSteps.ts';
import type { Sample } from '../../rollouts/sample.ts';
import type { Parser } from '../format.ts';
import { JsonLines } from '../json/jsonLines.ts';
import type { DumpSink } from './dump.ts';
import { SampleReader } from './sampleReader.ts';

/** Dumps of verl, NeMo-RL and whoever writes one sampled response a line as JSON. */
export class SampleLines implements Parser {
  readonly #lines: JsonLines<SampleReader>;
  readonly #steps: OpenSteps;
  readonly #sink: DumpSink;
  /** A last line without its end, held back until it is known whether it may stay. */
  #unfinished: { readonly step: number; readonly sample: Sample }[] | null = null;

  /** @param fileStep step that the file's name says; a step in the samples goes before it. */
  constructor(sink: DumpSink, fileStep: number | null) {
    this.#sink = sink;
    const reader = new SampleReader();
    this.#steps = new OpenSteps(reader.metrics, (result) => sink.result(result));
    this.#lines = new JsonLines(reader, sink, (one, line) => {
      if (one.hasBadScore) {
        sink.problem({
          code: 'score-not-a-number',
          message: `Line ${line} has a score that is no finite number; the sample was left out of that score.`,
          line,
        });
      }
      const step = one.step ?? fileStep;
      if (step === null || !one.hasScore) {
        if (!one.hasBadScore) {
          sink.problem({
            code: 'no-sample',
            message: `Line ${line} has no ${step === null ? 'step' : 'score'}; it was passed over.`,
            line,
          });
        }
        return;
      }
      if (this.#unfinished === null) this.#steps.add(step, one.sample());
      else this.#unfinished.push({ step, sample: one.sample() });
    });
  }

  feed(bytes: Uint8Array): void {
    this.#lines.feed(bytes);
  }

  finish(): void {
    const mark = this.#steps.mark();
    this.#unfinished = [];
    this.#lines.finish();
    const last = this.#unfinished;
    this.#unfinished = null;
    const isNew = last.every(({ step }) => !mark.has(step));
    // A step that begins with an unfinished line would close another: it waits for its end.
    if (!isNew || mark.size === 0) for (const { step, sample } of last) this.#steps.add(step, sample);
    for (const result of this.#steps.results()) this.#sink.result(result);
    this.#steps.cutTo(mark);
  }
}
