import { inEnglish } from '../inEnglish.ts';

/** What counts a run's progress: the first that a log has and that rises is its main axis. */
const axisPatterns: readonly RegExp[] = [
  /^(trainer\/)?_?(global|train|training|optimi[sz]er|current|total)?[_ /.-]?steps?$/i,
  /^(time\/)?(global[_ ]?)?(iter|iters|iteration|iterations|training_iteration|it)$/i,
  /^(num_)?updates?$/i,
  /^(training\/|train\/)?(current[_ ]?)?(epochs?|epch)$/i,
  /^(round|generation|cycle|rollout)s?$/i,
  /^(time\/)?(total[_ -]?)?(env[_ -]?)?(timesteps?|time[_ -]steps?|interacts|env[_ -]?interacts|totalenvinteracts)([_ -]?total)?$/i,
  /^(num_env_steps|env_steps?|frames?)$/i,
  /^(checkpoint|ckpt)s?$/i,
  /^(episode|episodes|episodes_total|games?)$/i,
  /^(progress\/)?(batch|batches|batch_idx|minibatch)$/i,
  /^(samples?|num_samples|examples?|num_examples|samples_seen|consumed[_ ]samples)$/i,
  /^(tokens?|num_tokens|total_tokens|tokens_seen|tokens_seen_total|consumed[_ ]tokens|n_tokens)$/i,
  /^(elapsed|elapsed_time|time|wall[_ ]?time|_runtime|relative|hours?|minutes?|seconds?|time_total_s|timestamp|_timestamp)$/i,
];

/** Rank of clocks, which go on whatever the run does. */
export const clockRank = axisPatterns.length - 1;

/** How well a name suits a main axis: 0 best; null where it is no axis. */
export function axisRank(name: string): number | null {
  const english = inEnglish(name.trim());
  const rank = axisPatterns.findIndex((pattern) => pattern.test(english));
  return rank < 0 ? null : rank;
}

/** Whether what it counts holds many updates, which another counter may tell apart. */
export function isOuterAxis(name: string): boolean {
  return isEpochAxis(name) || /^(round|generation|cycle|rollout|episode)s?$/i.test(inEnglish(name));
}

export function isEpochAxis(name: string): boolean {
  return /(?:epochs?|epch)$/i.test(inEnglish(name));
}

export function isStepAxis(name: string): boolean {
  const rank = axisRank(name);
  return rank !== null && rank <= 2;
}
