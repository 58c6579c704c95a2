import { tableFormat } from './delimited/tableFormat.ts';

/** Stable-Baselines3's progress.csv: names with folders; the older baselines logger: names in alphabetical order. */
export const sb3Csv = tableFormat({
  id: 'sb3-csv',
  title: 'Stable-Baselines3 progress.csv',
  mostConfidence: 0.95,
  recognise({ names }, { fileName }) {
    if (names.includes('training_iteration')) return null;
    const own = names.find((name) =>
      /^(time\/(total_timesteps|iterations|episodes|fps|time_elapsed)|rollout\/ep_)/.test(name),
    );
    if (own !== undefined) return { confidence: 0.95, because: `\`${own}\` is a column of Stable-Baselines3` };
    const isSorted = names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
    return /^.*progress.*\.csv$/i.test(fileName) &&
      isSorted &&
      names.some((name) => /^(step|samples|steps)$/.test(name))
      ? {
          confidence: 0.85,
          because: 'its columns stand in alphabetical order, as the baselines logger writes progress.csv',
        }
      : null;
  },
  axes: ['time/total_timesteps', 'step', 'samples', 'time/iterations'],
});
