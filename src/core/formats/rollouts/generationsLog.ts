import { hashAnswer, TextHash } from '../../rollouts/hashText.ts';
import { lastBoxed } from '../../rollouts/lastBoxed.ts';
import type { Sample } from '../../rollouts/sample.ts';
import type { StepResult } from '../../rollouts/stepResult.ts';
import { summariseStep } from '../../rollouts/summariseStep.ts';
import { readNumber } from '../readNumber.ts';
import type { TextParser } from '../text/decodedText.ts';
import type { DumpSink } from './dump.ts';

const marker = /^(?:\[[^\][\r\n]*\])?\[(prompt|output|ground_truth|score|step)\] ?/;
/** Of a line without its end; a longer one is text. */
const longestLine = 16 * 1024 * 1024;

type Part = 'none' | 'prompt' | 'output' | 'truth';

/**
 * `generations.log` of EasyR1: some validation samples as text (`[prompt] …`, `[output] …`, `[ground_truth] …`, `[score] …`), validation
 * after validation. It does not say at which step each was; but all ask the same prompts in the same order, so that the
 * sequence of prompts repeats with each validation, and these are counted.
 */
export class GenerationsLog implements TextParser {
  readonly #sink: DumpSink;
  readonly #samples: { readonly step: number | null; readonly sample: Sample }[] = [];
  #rest = '';
  #line = 0;
  #part: Part = 'none';
  #step: number | null = null;
  #prompt = new TextHash();
  #answer = Number.NaN;

  constructor(sink: DumpSink) {
    this.#sink = sink;
  }

  feed(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine) this.#rest = '';
    for (const line of lines) this.#read(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  /** A score without its line end may lack digits: it is not offered. */
  finish(): void {
    for (const { result } of blocksOf(this.#samples)) this.#sink.result(result);
  }

  #read(line: string): void {
    this.#line += 1;
    const found = line.charCodeAt(0) === 91 ? marker.exec(line) : null;
    const name = found?.[1];
    const from = found?.[0].length ?? 0;
    if (name === 'step' && this.#part === 'none') this.#step = readNumber(line, from, line.length) ?? null;
    else if (name === 'prompt') {
      this.#prompt = new TextHash().add(line.slice(from));
      this.#answer = Number.NaN;
      this.#part = 'prompt';
    } else if (name === 'output' && this.#part === 'prompt') {
      this.#part = 'output';
      this.#lookForAnswer(line);
    } else if (name === 'ground_truth' && this.#part === 'output') {
      this.#part = 'truth';
      this.#prompt.add(line.slice(from));
    } else if (name === 'score' && this.#part === 'truth') {
      this.#end(line, from);
    } else if (this.#part === 'prompt' || this.#part === 'truth') this.#prompt.add(line);
    else if (this.#part === 'output') this.#lookForAnswer(line);
  }

  #lookForAnswer(line: string): void {
    const boxed = lastBoxed(line);
    if (boxed !== null) this.#answer = hashAnswer(boxed);
  }

  #end(line: string, from: number): void {
    this.#part = 'none';
    const score = readNumber(line, from, line.trimEnd().length) ?? Number.NaN;
    if (!Number.isFinite(score)) {
      this.#sink.problem({
        code: 'score-not-a-number',
        message: `Line ${this.#line} has a score that is no finite number; the sample was left out.`,
        line: this.#line,
      });
    }
    const nothing = {
      uid: Number.NaN,
      longPrompt: Number.NaN,
      uncertainty: Number.NaN,
      uncertaintyPerToken: Number.NaN,
    };
    this.#samples.push({
      step: this.#step,
      sample: { ...nothing, source: null, prompt: this.#prompt.value, answer: this.#answer, scores: [score] },
    });
  }
}

/** Samples of one validation each. */
function blocksOf(
  samples: readonly { readonly step: number | null; readonly sample: Sample }[],
): { readonly result: StepResult }[] {
  if (samples.length === 0) return [];
  const byStep = new Map<number, Sample[]>();
  const period = repeatOf(samples.map(({ sample }) => sample.prompt));
  samples.forEach(({ step, sample }, i) => {
    const at = step ?? 1 + Math.floor(i / period);
    const block = byStep.get(at);
    if (block === undefined) byStep.set(at, [sample]);
    else block.push(sample);
  });
  return [...byStep].map(([step, block]) => ({ result: summariseStep(step, ['score'], block) }));
}

/** After how many items a sequence repeats; all of them where it never does. (Knuth, Morris, Pratt.) */
function repeatOf(items: readonly number[]): number {
  const border = new Int32Array(items.length);
  let length = 0;
  for (let i = 1; i < items.length; i += 1) {
    while (length > 0 && items[i] !== items[length]) length = border[length - 1] ?? 0;
    if (items[i] === items[length]) length += 1;
    border[i] = length;
  }
  return items.length - (border.at(-1) ?? 0);
}
