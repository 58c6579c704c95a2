import { createRandom } from '../../src/core/dynamics/random.ts';

export interface SimulatedDump {
  readonly steps: number;
  readonly prompts: number;
  /** Responses a prompt. */
  readonly samples: number;
  readonly seed: number;
}

/** Chance that a response is right, by prompt and step: hard prompts start lower, all relax to a limit of their own at one rate. */
export function chanceAt(step: number, prompt: number, prompts: number): number {
  const ease = (prompt + 0.5) / prompts;
  const limit = 0.25 + 0.7 * ease;
  const start = 0.05 + 0.3 * ease;
  return limit + (start - limit) * Math.exp(-step / 12);
}

/** Wrong answers of a prompt, one as likely as the other. */
export const wrongAnswers = 4;

/** A run of reinforcement learning as verl dumps it: the files of its steps by name. Right answers score 1, others 0. */
export function simulatedDump({ steps, prompts, samples, seed }: SimulatedDump): Readonly<Record<string, string>> {
  const random = createRandom(seed);
  const files: Record<string, string> = {};
  for (let step = 1; step <= steps; step += 1) {
    const lines: string[] = [];
    for (let prompt = 0; prompt < prompts; prompt += 1) {
      const chance = chanceAt(step, prompt, prompts);
      for (let i = 0; i < samples; i += 1) {
        const isRight = random.uniform() < chance;
        const wrong = 1 + Math.floor(random.uniform() * wrongAnswers);
        const answer = isRight ? 'right' : `wrong ${wrong}`;
        lines.push(
          JSON.stringify({
            input: `user\nQuestion ${prompt}\nassistant\n`,
            output: `I think "it" is \\boxed{${answer}}.`,
            gts: 'right',
            score: isRight ? 1 : 0,
            step,
          }),
        );
      }
    }
    files[`${step}.jsonl`] = `${lines.join('\n')}\n`;
  }
  return files;
}
