import type { Sample } from '../format.ts';
import { oncePerSample } from '../oncePerSample.ts';
import { escapeSign, stripAnsi } from './stripAnsi.ts';

/** The lines of a sample's blocks, colours taken off, empty ones left out. */
export const sampleLines = oncePerSample(({ head, tail }): readonly string[] =>
  [head, tail].flatMap((block) =>
    stripAnsi(block)
      .split(block.includes('\r') ? /[\r\n]+/ : '\n')
      .filter((line) => line !== ''),
  ),
);

/** Whether one of the words may stand in a line of the sample: not where none stands in it and no colour parts any. */
export function mayHold({ head, tail }: Sample, words: readonly string[]): boolean {
  return [escapeSign, ...words].some((word) => head.includes(word) || tail.includes(word));
}
