import { recordFormat } from './json/recordFormat.ts';

/** wandb-history.jsonl of old W&B versions: each line has `_step`, `_runtime` and `_timestamp`. */
export const wandbLegacy = recordFormat({
  id: 'wandb-legacy',
  title: 'wandb-history.jsonl',
  mostConfidence: 0.95,
  mark: '_step',
  recognise: ({ names, points }) =>
    points > 1 && names.has('_step') && (names.has('_runtime') || names.has('_timestamp'))
      ? { confidence: 0.95, because: 'each line has the `_step` and the clocks of W&B' }
      : null,
});
