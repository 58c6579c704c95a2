import { inEnglish } from '../inEnglish.ts';

export interface XWords {
  /** `epoch` */
  readonly one: string;
  /** `epochs` */
  readonly many: string;
}

const counted: readonly (readonly [pattern: RegExp, words: XWords])[] = [
  [/epochs?$/i, { one: 'epoch', many: 'epochs' }],
  [/(steps?|global_?step)$/i, { one: 'step', many: 'steps' }],
  [/(iterations?|iters?)$/i, { one: 'iteration', many: 'iterations' }],
  [/(^|[^a-z])rounds?$/i, { one: 'round', many: 'rounds' }],
  [/(updates?)$/i, { one: 'update', many: 'updates' }],
  [/(batch|batches)$/i, { one: 'batch', many: 'batches' }],
  [/tokens?$/i, { one: 'token', many: 'tokens' }],
  [/samples?$/i, { one: 'sample', many: 'samples' }],
  [/checkpoints?$/i, { one: 'checkpoint', many: 'checkpoints' }],
  [/rollouts?$/i, { one: 'rollout', many: 'rollouts' }],
  [/episodes?$/i, { one: 'episode', many: 'episodes' }],
  [/generations?$/i, { one: 'generation', many: 'generations' }],
  [/frames?$/i, { one: 'frame', many: 'frames' }],
  [/^rows?$/i, { one: 'row', many: 'rows' }],
];

/** What an x axis of this name counts; null where its name does not say. */
export function xWords(xName: string): XWords | null {
  const name = inEnglish(xName);
  return counted.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
