import { tableFormat } from './delimited/tableFormat.ts';

/** RLlib's and Ray Tune's progress.csv; cells may hold whole Python dicts. */
export const rllibCsv = tableFormat({
  id: 'rllib-csv',
  title: 'RLlib progress.csv',
  mostConfidence: 0.95,
  mark: 'training_iteration',
  recognise({ names }) {
    return names.includes('training_iteration') &&
      names.some((name) => /^(timesteps_total|time_total_s|num_env_steps_sampled)$/.test(name))
      ? { confidence: 0.95, because: '`training_iteration` and the totals of Ray Tune are among the columns' }
      : null;
  },
  axes: ['timesteps_total', 'num_env_steps_sampled', 'training_iteration'],
});
