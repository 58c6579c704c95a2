import { recordFormat } from './json/recordFormat.ts';

/** RLlib's and Ray Tune's result.json: an object a line, for each training iteration. */
export const rllibJson = recordFormat({
  id: 'rllib-json',
  title: 'RLlib result.json',
  mostConfidence: 0.96,
  mark: 'training_iteration',
  recognise: ({ names }) =>
    names.has('training_iteration') &&
    ['timesteps_total', 'time_total_s', 'num_env_steps_sampled'].some((name) => names.has(name))
      ? { confidence: 0.96, because: 'each line has `training_iteration` and the totals of Ray Tune' }
      : null,
  axes: ['timesteps_total', 'num_env_steps_sampled', 'training_iteration'],
});
