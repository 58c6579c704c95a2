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
];

/** What an x axis of this name counts; null where its name does not say. */
export function xWords(xName: string): XWords | null {
  return counted.find(([pattern]) => pattern.test(xName))?.[1] ?? null;
}
