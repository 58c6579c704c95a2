import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { root } from '../../../scripts/support/paths.mjs';
import { type BudgetAnchor, budgetAnchors } from '../../../src/core/hints/budgetAnchors.ts';

const lineOf = (text: string, { keyRange }: BudgetAnchor): number => text.slice(0, keyRange[0]).split('\n').length;

/** `line key value unit`, with what beats it. */
function found(text: string, language: 'yaml' | 'json' = 'yaml'): string[] {
  return budgetAnchors(text, language).anchors.map(
    (anchor) =>
      `${lineOf(text, anchor)} ${anchor.path} ${anchor.value} ${anchor.unit}${anchor.beatenBy === null ? '' : ` < ${anchor.beatenBy}`}`,
  );
}

const trl = 'output_dir: out\nlearning_rate: 1.0e-6\nnum_train_epochs: 30\nmax_steps: -1\n';

test('epochs count where no steps are set', () => {
  assert.deepEqual(found(trl), ['3 num_train_epochs 30 epoch']);
  assert.deepEqual(budgetAnchors(trl, 'yaml').outputPaths, ['out']);
});

test('steps that are set beat epochs, and the epochs say so', () => {
  assert.deepEqual(found(trl.replace('-1', '500')), [
    '3 num_train_epochs 30 epoch < max_steps',
    '4 max_steps 500 step',
  ]);
});

test('the place of key and value is exact', () => {
  const text = '# note\noutput_dir: out\nnum_train_epochs:   "3.0"   # of 5\n';
  const [anchor] = budgetAnchors(text, 'yaml').anchors;
  assert.ok(anchor !== undefined);
  assert.equal(text.slice(...anchor.keyRange), 'num_train_epochs');
  assert.equal(text.slice(...anchor.valueRange), '3.0');
  assert.equal(anchor.valueText, '3.0');
});

for (const [spelling, value] of [
  ['3', 3],
  ['3.0', 3],
  ['1_000', 1000],
  ['2e3', 2000],
  ["'7'", 7],
  ['\n  12', 12],
  ['32          # 块', 32],
] as const) {
  test(`num_train_epochs: ${JSON.stringify(spelling)} is ${value}`, () => {
    assert.equal(budgetAnchors(`output_dir: x\nnum_train_epochs: ${spelling}\n`, 'yaml').anchors[0]?.value, value);
  });
}

for (const spelling of [
  '-1',
  '0',
  'null',
  '~',
  '',
  `$\{train.epochs}`,
  '???',
  'auto',
  '9223372036854775807',
  'nan',
  'inf',
  '[1, 2]',
]) {
  test(`num_train_epochs: ${JSON.stringify(spelling)} sets no budget`, () => {
    assert.deepEqual(found(`output_dir: x\nnum_train_epochs: ${spelling}\n`), []);
  });
}

test('verl: steps that are null leave the epochs, nested or dotted', () => {
  const nested =
    'data:\n  train_batch_size: 256\ntrainer:\n  total_epochs: 30\n  total_training_steps: null\n  default_local_dir: ckpt\n';
  assert.deepEqual(found(nested), ['4 trainer.total_epochs 30 epoch']);
  assert.deepEqual(budgetAnchors(nested, 'yaml').outputPaths, ['ckpt']);
  assert.deepEqual(found('data.train_batch_size: 4\ntrainer.total_epochs: 15\ntrainer.total_training_steps: 1005\n'), [
    '2 trainer.total_epochs 15 epoch < trainer.total_training_steps',
    '3 trainer.total_training_steps 1005 step',
  ]);
});

test('LLaMA-Factory and axolotl', () => {
  assert.deepEqual(found('### method\nstage: sft\nfinetuning_type: lora\nnum_train_epochs: 3.0\n'), [
    '4 num_train_epochs 3 epoch',
  ]);
  assert.deepEqual(found('base_model: a/b\nmicro_batch_size: 2\nnum_epochs: 4\nearly_stopping_patience:\n'), [
    '3 num_epochs 4 epoch',
  ]);
});

test('JSON with comments and trailing commas', () => {
  const text = '{\n  // plan\n  "output_dir": "out",\n  "num_train_epochs": 3.0,\n  "max_steps": 100,\n}\n';
  assert.deepEqual(found(text, 'json'), ['4 num_train_epochs 3 epoch < max_steps', '5 max_steps 100 step']);
});

test('the same words elsewhere set no budget', () => {
  const decoys = [
    'scheduler:\n  total_iters: 100\n',
    'lr_scheduler:\n  total_steps: 100\noutput_dir: x\n',
    'ppo_epochs: 4\noutput_dir: x\nlogging_steps: 5\n',
    'env:\n  max_steps: 20\n',
    'optim:\n  total_training_steps: -1\n',
    'num_iterations: 3\noutput_dir: x\nsave_steps: 1\n',
    'name: a\nversion: 1\n',
    '{"log_history": [], "max_steps": 100, "num_train_epochs": 3, "output_dir": "x"}',
  ];
  for (const text of decoys) assert.deepEqual(found(text, text.startsWith('{') ? 'json' : 'yaml'), [], text);
});

test('of a key that stands twice the later counts', () => {
  assert.deepEqual(found('output_dir: x\nnum_train_epochs: 3\nnum_train_epochs: 5\n'), ['3 num_train_epochs 5 epoch']);
});

test('CRLF, a byte order mark, tabs and broken lines leave the rest readable', () => {
  assert.deepEqual(found('\ufeffoutput_dir: x\r\nnum_train_epochs: 3\r\n'), ['2 num_train_epochs 3 epoch']);
  assert.deepEqual(found('output_dir: x\nnum_train_epochs: 3\n\tbroken: [\n'), ['2 num_train_epochs 3 epoch']);
});

test('no text makes it throw', () => {
  const part = fc.constantFrom(
    'num_train_epochs',
    'output_dir',
    ': ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    '"',
    '&a ',
    '*a',
    '<<: *a',
    '3',
    '#',
    '!!float ',
    '|',
    '\t',
    ',',
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 40 }),
      fc.constantFrom('yaml' as const, 'json' as const),
      (parts, language) => {
        const text = parts.join('');
        for (const { keyRange, valueRange } of budgetAnchors(text, language).anchors) {
          assert.ok(keyRange[0] >= 0 && valueRange[1] <= text.length);
        }
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});

const shared = join(root, '../shared/configs');
const golden: Readonly<Record<string, readonly string[]>> = {
  'axolotl/adamw-pretrain-fsdp2.yaml': ['35 num_epochs 1 epoch < max_steps', '36 max_steps 305 step'],
  'axolotl/instruct-dpo-lora-8b.yml': ['57 num_epochs 4 epoch'],
  'axolotl/lora-1b.yml': ['40 num_epochs 1 epoch'],
  'axolotl/pretrain-1b-max_steps.yaml': ['32 max_steps 10000 step'],
  'axolotl/qwen2-1.5b-dpo-qlora.yaml': ['41 num_epochs 2 epoch'],
  'llamafactory/llama3_lora_ppo.yaml': ['34 num_train_epochs 3 epoch'],
  'llamafactory/qwen3_lora_dpo.yaml': ['35 num_train_epochs 3 epoch'],
  'llamafactory/qwen3_lora_sft.yaml': ['33 num_train_epochs 3 epoch'],
  'llamafactory/training_args-qwen3-4b.yaml': ['24 num_train_epochs 15 epoch'],
  'open-r1/config_demo-grpo.yaml': ['33 num_train_epochs 1 epoch'],
  'open-r1/config_distill-sft.yaml': ['36 num_train_epochs 5 epoch'],
  'roll/agent_val_frozen_lake.yaml': ['39 max_steps 1024 step'],
  'roll/example_grpo.yaml': ['32 max_steps 500 step'],
  'trl/online-rlhf-training.yaml': ['14 num_train_epochs 2 epoch'],
  'trl/smollm3-mid.yaml': ['51 num_train_epochs 5 epoch'],
  'trl/zephyr-dpo-config_full.yaml': ['43 num_train_epochs 1 epoch'],
  'verl/easyr1-config.yaml': ['93 trainer.total_epochs 15 epoch'],
  'verl/ppo_trainer.yaml': ['129 trainer.total_epochs 30 epoch'],
  'verl/rzero-config.yaml': ['79 trainer.total_epochs 2 epoch'],
  'verl/sft_trainer.yaml': ['64 trainer.total_epochs 4 epoch'],
  'hf-training-args/grpo-training_args.json': ['1 num_train_epochs 3 epoch < max_steps', '1 max_steps 100 step'],
  'trl/accelerate-deepspeed_zero3.yaml': [],
  'trl/example_config.yaml': [],
  'verl/legacy_data.yaml': [],
  'verl/rollout.yaml': [],
  'deepspeed/ds_z3_config.json': [],
  'deepspeed/ds_zero2_no_offload.json': [],
  'sb3-zoo/ppo.yml': [],
  'hydra/lightning-hydra-template/callbacks/early_stopping.yaml': [],
  'hydra/lightning-hydra-template/data/mnist.yaml': [],
};
for (const [name, expected] of Object.entries(golden)) {
  test(`the real ${name}: ${expected.join(', ') || 'no budget line'}`, {
    skip: existsSync(shared) ? false : '../shared/configs is not there',
  }, () => {
    assert.deepEqual(
      found(readFileSync(join(shared, name), 'utf8'), name.endsWith('.json') ? 'json' : 'yaml'),
      expected,
    );
  });
}
