import type { RandomStream } from '../../src/core/dynamics/random.ts';

const words =
  'so we see that the sum of all \\"digits\\" is then x^2 + 3x - \\\\frac{1}{2} and\\n hence it must be at most'.split(
    ' ',
  );

export const promptsPerStep = 64;
export const samplesPerPrompt = 8;

/** What one step of samples is like. */
export interface SampleFile {
  readonly random: RandomStream;
  /** Chance that a response is right. */
  readonly right: number;
  /** Words of a response: from this many to three times as many. */
  readonly words: number;
  /** Put into each sample behind its score, such as `"step": 3`. */
  readonly extra: (words: number) => string;
}

/** Samples as verl writes them: JSON lines of prompt, response, truth, score and what the reward function gives beside it. */
export function sampleFile({ random, right, words: least, extra }: SampleFile): string {
  const prose = (count: number): string =>
    Array.from({ length: count }, () => words[Math.floor(random.uniform() * words.length)]).join(' ');
  const lines: string[] = [];
  for (let prompt = 0; prompt < promptsPerStep; prompt += 1) {
    const input = `user\\n${prose(60)} ${prompt}\\nassistant\\n`;
    for (let i = 0; i < samplesPerPrompt; i += 1) {
      const isRight = random.uniform() < right;
      const answer = isRight ? prompt : Math.floor(random.uniform() * 50);
      const count = least + Math.floor(random.uniform() * 2 * least);
      const output = `${prose(count)} \\\\boxed{${answer}}`;
      lines.push(
        `{"input": "${input}", "output": "${output}", "gts": "${prompt}", "score": ${isRight ? '1.0' : '0.0'}, ${extra(count)}, "acc": ${isRight}, "pred": "${answer}", "data_source": "math"}\n`,
      );
    }
  }
  return lines.join('');
}
