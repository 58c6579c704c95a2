import { oncePerSample } from '../oncePerSample.ts';
import { stripAnsi } from './stripAnsi.ts';

/** The lines of a sample's blocks, colours taken off, empty ones left out. */
export const sampleLines = oncePerSample(({ head, tail }): readonly string[] =>
  [head, tail].flatMap((block) =>
    stripAnsi(block)
      .split(/[\r\n]+/)
      .filter((line) => line !== ''),
  ),
);
