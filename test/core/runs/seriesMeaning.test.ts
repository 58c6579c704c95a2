import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesMeaning } from '../../../src/core/runs/seriesMeaning.ts';

const unit = { min: 0.1, max: 0.9 };

const table = {
  lower: [
    'loss',
    'train/loss',
    'eval_loss',
    'val_nll',
    'perplexity',
    'lm loss',
    'loss_cls',
    'loss0',
    'test_wer',
    'solver_uncertainty',
    'train_rmse',
    'val bpb',
    'top1_err',
    'critic/vf_loss',
    'error_rate',
    'heldout_violation_rate',
    'train/CrossEntropyLoss',
    'cross-entropy-loss',
    '训练损失',
    '検証損失',
    'Verlust',
  ],
  higher: [
    'accuracy',
    'val_acc',
    'rewards/accuracies',
    'mean_token_accuracy',
    'metrics/mAP50(B)',
    'eval_f1',
    'reward',
    'AverageEpRet',
    'rollout/ep_rew_mean',
    'pass@1',
    'val-core/math/acc/mean@8',
    'val-core/math/acc/maj@8/mean',
    'Pass@8',
    'bleu',
    'success_rate',
    'win_rate',
    'rewards/margins',
    'critic/score/mean',
    'Acc@1',
    'val mIoU',
    '验证准确率',
    'точность',
    '平均奖励',
  ],
  none: [
    'learning_rate',
    'lr',
    'grad_norm',
    'actor/entropy',
    'actor/kl_loss',
    'response_length/mean',
    'time/fps',
    'tokens_per_second',
    'step',
    'epoch',
    'reward_std',
    'loss_scale',
    'actor/pg_loss',
    'num_tokens',
    'num_loss_tokens',
    'profiling/Time taken: Trainer.format_reward_fn',
    'total_flos',
    'eval_runtime',
    'critic/rewards/max',
    'clip_ratio',
    'mfu',
    'x/lr0',
    'train_samples_per_second',
    'logps/chosen',
    'policy_loss',
    'global_step',
    'completions/mean_length',
    '学习率',
    '轮次',
    '最大奖励',
    '耗时',
  ],
} as const;

for (const direction of ['lower', 'higher', 'none'] as const) {
  for (const name of table[direction]) {
    test(`${name}: ${direction === 'none' ? 'no direction' : `${direction} is better`}`, () => {
      assert.equal(seriesMeaning(name, unit).direction, direction);
    });
  }
}

test('an accuracy stays in 0 to 1, or in 0 to 100 where it is in per cent', () => {
  assert.deepEqual(seriesMeaning('accuracy', unit).range, { lower: 0, upper: 1 });
  assert.deepEqual(seriesMeaning('accuracy', { min: 3, max: 71 }).range, { lower: 0, upper: 100 });
  assert.deepEqual(seriesMeaning('accuracy', { min: -1, max: 0.5 }).range, {});
});

test('a loss is not under 0 unless one was', () => {
  assert.deepEqual(seriesMeaning('loss', unit).range, { lower: 0 });
  assert.deepEqual(seriesMeaning('loss', { min: -0.1, max: 0.5 }).range, {});
  assert.deepEqual(seriesMeaning('reward', unit).range, {});
});

test('a rate of what happens or not is a share, whichever way is better, and so are scores that are shares', () => {
  for (const name of ['win_rate', 'heldout_violation_rate', 'error_rate', 'fpr', 'eval_rouge2', 'scorer_asr']) {
    assert.deepEqual(seriesMeaning(name, unit).range, { lower: 0, upper: 1 }, name);
    assert.deepEqual(seriesMeaning(name, { min: 3, max: 71 }).range, { lower: 0, upper: 100 }, name);
  }
  assert.deepEqual(seriesMeaning('bleu', unit).range, { lower: 0, upper: 100 });
});

test('where nothing forbids it a metric may pass 0 and 1', () => {
  for (const name of ['word_error_rate', 'test_wer', 'iou_loss', 'dice_loss']) {
    assert.deepEqual(seriesMeaning(name, unit).range, { lower: 0 }, name);
  }
  for (const name of ['reward', 'format_reward', 'critic/score/mean', 'rewards/margins', 'r2', 'elo']) {
    assert.deepEqual(seriesMeaning(name, unit).range, {}, name);
  }
});

test('learning rates, norms, times and amounts are not under 0, entropies, logarithms and differences may be', () => {
  for (const name of [
    'lr/pg0',
    'x/lr0',
    'learning_rate',
    'grad_norm',
    'output_proj_grad_l2_norm',
    'Remaining time',
    'reward_std',
  ]) {
    assert.deepEqual(seriesMeaning(name, unit).range, { lower: 0 }, name);
    assert.deepEqual(seriesMeaning(name, { min: -0.1, max: 0.9 }).range, {}, name);
  }
  for (const name of [
    'actor/entropy',
    'log_std',
    'explained_variance',
    'time_delta',
    'approx_kl',
    'reward_norm',
    'step',
  ]) {
    assert.deepEqual(seriesMeaning(name, unit).range, {}, name);
  }
});
