import type { Sample } from './sample.ts';

/**
 * The samples of a step by prompt. A trainer's own name of the prompt is taken where it has one that samples share; else the
 * prompt's text; samples that have neither stand alone.
 */
export function promptGroups(samples: readonly Sample[]): readonly (readonly Sample[])[] {
  if (samples.every(({ uid }) => !Number.isNaN(uid))) {
    const byUid = groupBy(samples, ({ uid }) => uid);
    if (byUid.length < samples.length) return byUid;
  }
  const byPrompt = groupBy(samples, ({ prompt }) => prompt);
  if (byPrompt.length > 1 || samples.length < 2) return byPrompt;
  // All begin alike: that is a system prompt, if what follows makes prompts of equally many samples.
  const byMore = groupBy(samples, ({ longPrompt }) => longPrompt);
  const [first] = byMore;
  const areEqual = first !== undefined && first.length > 1 && byMore.every(({ length }) => length === first.length);
  return areEqual ? byMore : byPrompt;
}

function groupBy(samples: readonly Sample[], keyOf: (sample: Sample) => number): Sample[][] {
  const groups = new Map<number, Sample[]>();
  const alone: Sample[][] = [];
  for (const sample of samples) {
    const key = keyOf(sample);
    const group = groups.get(key);
    if (Number.isNaN(key)) alone.push([sample]);
    else if (group === undefined) groups.set(key, [sample]);
    else group.push(sample);
  }
  return [...groups.values(), ...alone];
}
