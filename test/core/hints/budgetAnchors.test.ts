import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { root } from '../../../scripts/support/paths.mjs';
import { type BudgetAnchor, budgetAnchors } from '../../../src/core/hints/budgetAnchors.ts';
import type { ConfigLanguage } from '../../../src/core/hints/configEntry.ts';
import { configLanguageOf } from '../../../src/core/hints/configLanguage.ts';
import { frameworks } from '../../../src/core/hints/frameworks.ts';
import { mayHoldBudget } from '../../../src/core/hints/mayHoldBudget.ts';

const lineOf = (text: string, { keyRange }: BudgetAnchor): number => text.slice(0, keyRange[0]).split('\n').length;

/** `line key value unit`, with what beats it or may come first. */
function found(text: string, language: ConfigLanguage = 'yaml'): string[] {
  return budgetAnchors(text, language).anchors.map((anchor) => {
    const { path, value, unit, beatenBy, unless } = anchor;
    const beaten = beatenBy === null ? '' : ` < ${beatenBy}`;
    return `${lineOf(text, anchor)} ${path} ${value} ${unit}${beaten}${unless === null ? '' : ` unless ${unless}`}`;
  });
}

test('each key that sets a budget is one that is looked for before anything is parsed', () => {
  for (const { budgets } of frameworks) for (const { name } of budgets) assert.ok(mayHoldBudget(`x ${name}: 3`), name);
  for (const text of ['{"name": "a", "scripts": {"test": "x"}}', 'on: push\njobs: {}\n', 'cd "$1" && make\n'])
    assert.equal(mayHoldBudget(text), false, text);
});

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
      fc.constantFrom('yaml' as const, 'json' as const, 'toml' as const, 'shell' as const),
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

/** One config as each framework's users write it; keys that are no budget of it stand beside. */
const written: readonly (readonly [
  title: string,
  config: string,
  lines: readonly string[],
  outputs: readonly string[],
  language?: ConfigLanguage,
])[] = [
  [
    'verl',
    `actor_rollout_ref:\n  actor:\n    ppo_epochs: 1\n    optim:\n      total_training_steps: -1\ntrainer:\n  project_name: p\n  experiment_name: e\n  default_local_dir: $\{trainer.project_name}/ckpt\n  total_epochs: 15\n`,
    ['10 trainer.total_epochs 15 epoch'],
    ['p/e.jsonl', 'p/ckpt', 'tensorboard_log/p/e', 'checkpoints/p/e'],
  ],
  [
    'EasyR1',
    'worker:\n  rollout:\n    n: 5\ntrainer:\n  total_epochs: 100\n  max_steps: 20\n  save_checkpoint_path: out\n',
    ['5 trainer.total_epochs 100 epoch < trainer.max_steps', '6 trainer.max_steps 20 step'],
    ['out'],
  ],
  [
    'NeMo-Aligner',
    `trainer:\n  dpo:\n    max_epochs: 2\n    max_steps: -1\n  max_epochs: $\{.dpo.max_epochs}\nexp_manager:\n  explicit_log_dir: /results\n`,
    ['3 trainer.dpo.max_epochs 2 epoch'],
    ['/results'],
  ],
  [
    'NeMo-RL',
    'grpo:\n  max_num_epochs: 1\n  max_num_steps: 500\n  val_period: 10\nlogger:\n  log_dir: logs\n',
    [
      '2 grpo.max_num_epochs 1 epoch unless grpo.max_num_steps (500) is reached first',
      '3 grpo.max_num_steps 500 step unless grpo.max_num_epochs (1) is reached first',
    ],
    ['logs'],
  ],
  [
    'ROLL',
    'max_steps: 500\nrollout_batch_size: 64\nppo_epochs: 1\nactor_train:\n  training_args:\n    num_train_epochs: 50\nenvs:\n  max_steps: 20\nlogging_dir: out/logs\n',
    ['1 max_steps 500 step'],
    ['out/logs'],
  ],
  [
    'AReaL',
    'experiment_name: e\ntrial_name: t\ntotal_train_epochs: 10\ntotal_train_steps: null\ncluster:\n  fileroot: /exp/areal\nsaver:\n  freq_epochs: 1\n',
    ['3 total_train_epochs 10 epoch'],
    ['/exp/areal/logs/e/t', '/exp/areal'],
  ],
  [
    'torchtune',
    `output_dir: /exp/run\nepochs: 10\nnum_steps: 200\nmax_steps_per_epoch: null\noptimizer:\n  _component_: torch.optim.AdamW\nmetric_logger:\n  log_dir: $\{output_dir}/logs\n`,
    ['2 epochs 10 epoch'],
    ['/exp/run/logs', '/exp/run'],
  ],
  [
    'YOLO',
    'task: detect\nepochs: 100\nimgsz: 640\nclose_mosaic: 10\nwarmup_epochs: 3.0\nsave_dir: runs\\detect\\train\n',
    ['2 epochs 100 epoch'],
    ['runs\\detect\\train'],
  ],
  [
    'GPT-NeoX',
    '{\n  "num-layers": 6, # small\n  "train-iters": 143000,\n  "lr-decay-iters": 143000,\n  "fp16": False,\n}\n',
    ['3 train-iters 143000 step'],
    [],
  ],
  [
    'Composer',
    'max_duration: 2ep\neval_interval: 1ep\nglobal_train_batch_size: 64\nsave_folder: out\n',
    ['1 max_duration 2 epoch'],
    ['out'],
  ],
  ['OLMo', 'max_duration: 10000\nstop_at: 8000\n', ['1 max_duration 10000 step < stop_at', '2 stop_at 8000 step'], []],
  ['MaxText', 'base_config: base.yml\nsteps: 150_001\nlearning_rate_schedule_steps: -1\n', ['2 steps 150001 step'], []],
  [
    'axolotl',
    'base_model: a/b\nnum_epochs: 1\nmax_steps: 305\noutput_dir: ./outputs/a\n',
    ['2 num_epochs 1 epoch < max_steps', '3 max_steps 305 step'],
    ['./outputs/a'],
  ],
  [
    'LLaMA-Factory',
    'finetuning_type: lora\nnum_train_epochs: 3.0\noutput_dir: saves/a/sft\nmax_samples: 1000\n',
    ['2 num_train_epochs 3 epoch'],
    ['saves/a/sft'],
  ],
  [
    'HF Trainer',
    `model:\n  name: a\ntraining:\n  num_train_epochs: 3\n  max_steps: -1\n  output_dir: out\n  logging_dir: $\{training.output_dir}/tb\n`,
    ['4 training.num_train_epochs 3 epoch'],
    ['out', 'out/tb'],
  ],
  [
    'Lightning',
    'trainer:\n  max_epochs: 30\n  max_steps: -1\n  min_epochs: 1\n  check_val_every_n_epoch: 5\n  default_root_dir: out\n',
    ['2 trainer.max_epochs 30 epoch'],
    ['out'],
  ],
  [
    'training config',
    'trainer:\n  n_epochs: 15\n  epoch_len: 600\noptimizer:\n  lr: 0.1\nlr_scheduler:\n  total_steps: 9000\nppo:\n  n_epochs: 4\n',
    ['2 trainer.n_epochs 15 epoch'],
    [],
  ],
  [
    'torchtitan',
    '[job]\ndump_folder = "./out"\n[metrics]\nsave_tb_folder = "tb"\n[lr_scheduler]\nwarmup_steps = 200\n[training]\nsteps = 1000\n[validation]\nsteps = 1200\n',
    ['8 training.steps 1000 step'],
    ['./out/tb', './out', 'outputs'],
    'toml',
  ],
  [
    'prime-rl',
    'max_steps = 200\noutput_dir = "out"\n[model]\nname = "a/b"\n[orchestrator]\nbatch_size = 512\n[trainer.optim]\nlr = 1e-6\n',
    ['1 max_steps 200 step'],
    ['out', 'outputs'],
    'toml',
  ],
  [
    'verl',
    'RUN=grpo_7b\npython3 -m verl.trainer.main_ppo \\\n  actor_rollout_ref.actor.ppo_epochs=1 \\\n  trainer.project_name=p \\\n  trainer.experiment_name=$RUN \\\n  trainer.total_epochs=15 $@\n',
    ['6 trainer.total_epochs 15 epoch'],
    ['p/grpo_7b.jsonl', 'tensorboard_log/p/grpo_7b', 'checkpoints/p/grpo_7b'],
    'shell',
  ],
  [
    'HF Trainer',
    'deepspeed train.py \\\n  --output_dir ./ckpt/a \\\n  --num_train_epochs 1 \\\n  --logging_steps 1\n',
    ['3 num_train_epochs 1 epoch'],
    ['./ckpt/a'],
    'shell',
  ],
  [
    'Megatron-LM',
    'ITERS=100000\nARGS=(\n  --micro-batch-size 1\n  --train-iters $ITERS\n  --lr-decay-iters 320000\n  --eval-iters 40\n  --tensorboard-dir tb\n)\n',
    ['1 train_iters 100000 step'],
    ['tb'],
    'shell',
  ],
  [
    'slime',
    'ARGS=(\n  --num-rollout 3000\n  --rollout-batch-size 32\n  --num-epoch 2\n  --save out/\n)\n',
    ['2 num_rollout 3000 rollout', '4 num_epoch 2 epoch < num_rollout'],
    ['out/'],
    'shell',
  ],
  [
    'OpenRLHF',
    'python -m openrlhf.cli.train_ppo_ray --prompt_data d --n_samples_per_prompt 8 --max_epochs 1 --num_episodes 3 --save_path out\n',
    ['1 num_episodes 3 episode'],
    ['out'],
    'shell',
  ],
  [
    'OpenRLHF',
    'deepspeed --module openrlhf.cli.train_sft --dataset d --pretrain m --max_epochs 2 --save_path out\n',
    ['1 max_epochs 2 epoch'],
    ['out'],
    'shell',
  ],
];
for (const [title, config, lines, outputs, language = 'yaml'] of written) {
  test(`${title} in ${language}: the budget and where the run writes`, () => {
    const { anchors, outputPaths } = budgetAnchors(config, language);
    assert.deepEqual(found(config, language), lines);
    assert.deepEqual(new Set(anchors.map(({ framework }) => framework)), new Set([title]));
    assert.deepEqual(outputPaths, outputs);
  });
}

test('a key that is filled in elsewhere may win, and the other says so', () => {
  assert.deepEqual(found(`output_dir: x\nnum_train_epochs: 3\nmax_steps: $\{steps}\n`), [
    '2 num_train_epochs 3 epoch unless max_steps, which is filled in elsewhere, ends it first',
  ]);
});

test('merge keys bring a budget from where it is written, told once', () => {
  const text = 'defaults: &d\n  num_train_epochs: 3\n  output_dir: x\n<<: *d\nlearning_rate: 1e-5\n';
  assert.deepEqual(found(text), ['2 num_train_epochs 3 epoch']);
  assert.deepEqual(budgetAnchors(text, 'yaml').outputPaths, ['x']);
});

test('the overrides that Hydra keeps of a launch, and the config that W&B keeps', () => {
  assert.deepEqual(found('- trainer.total_epochs=3\n- +trainer.note=a\n'), ['1 trainer.total_epochs 3 epoch']);
  const wrapped = 'wandb_version: 1\n_wandb:\n  value:\n    t: 1\nnum_train_epochs:\n  desc: null\n  value: 3\n';
  assert.deepEqual(found(wrapped), ['7 num_train_epochs 3 epoch']);
});

test('each document of a file with several is read', () => {
  assert.deepEqual(found('name: a\n---\noutput_dir: x\nnum_train_epochs: 3\n'), ['4 num_train_epochs 3 epoch']);
});

test('of a value with a unit only the number is replaced', () => {
  const text = 'max_duration: 4800ba  # 2.5B tokens\n';
  const [anchor] = budgetAnchors(text, 'yaml').anchors;
  assert.ok(anchor !== undefined);
  assert.equal(text.slice(...anchor.valueRange), '4800');
  assert.equal(anchor.valueText, '4800ba');
});

test('texts made to be slow or deep end soon and claim nothing', () => {
  const many = (part: string, count: number): string => part.repeat(count);
  const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${many(`*a${i},`, 9)}]\n`).join('');
  const hostile = [
    `num_train_epochs: ${many('[', 100_000)}`,
    `{"num_train_epochs": ${many('[', 100_000)}`,
    `a0: &a0 {num_train_epochs: x}\n${levels}`,
    `x: ${many('- ', 100_000)}num_train_epochs: 3`,
    `num_train_epochs: &a\n  <<: *a\n`,
    `# num_train_epochs: 3\n${many('x', 400_000)}`,
    `__proto__: {num_train_epochs: 0}\nconstructor: 3\n`,
  ];
  for (const text of hostile) {
    for (const language of ['yaml', 'json', 'toml', 'shell'] as const) assert.deepEqual(found(text, language), []);
  }
});

const shared = join(root, '../shared');
/** Written by looking at each file: line, key, value, unit. */
const golden: Readonly<Record<string, readonly string[]>> = {
  'configs/areal/gsm8k_grpo.yaml': ['6 total_train_epochs 10 epoch'],
  'configs/areal/gsm8k_sft.yaml': ['6 total_train_epochs 1 epoch'],
  'configs/areal/hhrlhf_dpo.yaml': ['6 total_train_epochs 1 epoch'],
  'configs/axolotl/adamw-pretrain-fsdp2.yaml': ['35 num_epochs 1 epoch < max_steps', '36 max_steps 305 step'],
  'configs/axolotl/instruct-dpo-lora-8b.yml': ['57 num_epochs 4 epoch'],
  'configs/axolotl/lora-1b.yml': ['40 num_epochs 1 epoch'],
  'configs/axolotl/pretrain-1b-max_steps.yaml': ['32 max_steps 10000 step'],
  'configs/axolotl/qwen2-1.5b-dpo-qlora.yaml': ['41 num_epochs 2 epoch'],
  'configs/deepspeed/deepspeed_bsz24_config.json': [],
  'configs/deepspeed/ds_z3_config.json': [],
  'configs/deepspeed/ds_zero2_no_offload.json': [],
  'configs/gpt-neox/125M.yml': ['79 train_iters 320000 step'],
  'configs/gpt-neox/local_setup.yml': [],
  'configs/gpt-neox/pythia-70M.yml': ['69 train_iters 143000 step'],
  'configs/hf-training-args/grpo-training_args.json': [
    '1 num_train_epochs 3 epoch < max_steps',
    '1 max_steps 100 step',
  ],
  'configs/hydra/asvspoof/.hydra/config.yaml': ['137 trainer.n_epochs 15 epoch'],
  'configs/hydra/lightning-hydra-template/callbacks/early_stopping.yaml': [],
  'configs/hydra/lightning-hydra-template/data/mnist.yaml': [],
  'configs/hydra/lightning-hydra-template/experiment/example.yaml': ['21 trainer.max_epochs 10 epoch'],
  'configs/hydra/lightning-hydra-template/hparams_search/mnist_optuna.yaml': [],
  'configs/hydra/lightning-hydra-template/trainer/default.yaml': ['6 max_epochs 10 epoch'],
  'configs/hydra/segm-docs/.hydra/config.yaml': ['55 n_epochs 20 epoch'],
  'configs/hydra/snake-bcirl/.hydra/config.yaml': [],
  'configs/hydra/vae-brats/.hydra/config.yaml': ['168 trainer.max_epochs 30 epoch'],
  'configs/lightning-cli/med-start-config.yaml': [],
  'configs/lightning-cli/pl-template-config.yaml': ['52 trainer.max_epochs 20 epoch'],
  'configs/llamafactory/llama3_lora_ppo.yaml': ['34 num_train_epochs 3 epoch'],
  'configs/llamafactory/qwen3_lora_dpo.yaml': ['35 num_train_epochs 3 epoch'],
  'configs/llamafactory/qwen3_lora_sft.yaml': ['33 num_train_epochs 3 epoch'],
  'configs/llamafactory/training_args-qwen3-4b.yaml': ['24 num_train_epochs 15 epoch'],
  'configs/llm-foundry/mpt-125m.yaml': ['77 max_duration 4800 step'],
  'configs/llm-foundry/mpt-7b_dolly_sft.yaml': ['93 max_duration 2 epoch'],
  'configs/maxtext/base.yml': ['242 steps 150001 step'],
  'configs/maxtext/gpu-llama3_8b.yml': ['22 steps 30 step'],
  'configs/maxtext/post_train-sft.yml': [],
  'configs/nemo/gpt_dpo.yaml': ['12 trainer.dpo.max_epochs 1 epoch'],
  'configs/nemo/gpt_ppo_actor.yaml': ['20 trainer.ppo.max_epochs 1 epoch'],
  'configs/nemo/gpt_spin.yaml': ['13 trainer.spin.max_epochs 1 epoch'],
  'configs/nemo-rl/grpo_math_1B.yaml': [
    '6 grpo.max_num_epochs 1 epoch unless grpo.max_num_steps (1000000) is reached first',
    '7 grpo.max_num_steps 1000000 step unless grpo.max_num_epochs (1) is reached first',
  ],
  'configs/nemo-rl/grpo_math_8B.yaml': [],
  'configs/open-r1/config_demo-grpo.yaml': ['33 num_train_epochs 1 epoch'],
  'configs/open-r1/config_distill-sft.yaml': ['36 num_train_epochs 5 epoch'],
  'configs/roll/agent_val_frozen_lake.yaml': ['39 max_steps 1024 step'],
  'configs/roll/example_grpo.yaml': ['32 max_steps 500 step'],
  'configs/sb3-zoo/dqn.yml': [],
  'configs/sb3-zoo/ppo.yml': [],
  'configs/torchtune/1B_lora.yaml': ['79 epochs 1 epoch'],
  'configs/torchtune/3B_full_grpo.yaml': ['86 epochs 10 epoch'],
  'configs/trl/accelerate-deepspeed_zero3.yaml': [],
  'configs/trl/example_config.yaml': [],
  'configs/trl/online-rlhf-training.yaml': ['14 num_train_epochs 2 epoch'],
  'configs/trl/smollm3-mid.yaml': ['51 num_train_epochs 5 epoch'],
  'configs/trl/zephyr-dpo-config_full.yaml': ['43 num_train_epochs 1 epoch'],
  'configs/verl/easyr1-config.yaml': ['93 trainer.total_epochs 15 epoch'],
  'configs/verl/legacy_data.yaml': [],
  'configs/verl/ppo_trainer.yaml': ['129 trainer.total_epochs 30 epoch'],
  'configs/verl/rollout.yaml': [],
  'configs/verl/rzero-config.yaml': ['79 trainer.total_epochs 2 epoch'],
  'configs/verl/sft_trainer.yaml': ['64 trainer.total_epochs 4 epoch'],
  'configs/hf-shell/chinese-llama-run_pt.sh': ['32 num_train_epochs 1 epoch'],
  'configs/hf-shell/deepspeed-chat-run_llama2_7b.sh': ['25 num_train_epochs 4 epoch'],
  'configs/hf-shell/llava-v1_5-finetune.sh': ['19 num_train_epochs 1 epoch'],
  'configs/llamafactory/qwen3_lora_sft.sh': ['31 num_train_epochs 3 epoch'],
  'configs/maxtext/a3-llama2_7b-16vm.sh': [],
  'configs/megatron/pretrain_gpt3_175B.sh': ['29 train_samples 146484375 sample'],
  'configs/megatron/run_bf16.sh': ['58 train_iters 100000 step'],
  'configs/open-r1/train.slurm': [],
  'configs/openrlhf/train_ppo_ray_hybrid_engine-old-flags.sh': [],
  'configs/openrlhf/train_reinforce_baseline_hybrid_engine.sh': ['58 train.num_episodes 1 episode'],
  'configs/openrlhf/train_sft.sh': ['18 train.max_epochs 1 epoch'],
  'configs/prime-rl/intellect-3.1-rl.toml': [],
  'configs/prime-rl/reverse-text-rl.toml': ['4 max_steps 20 step'],
  'configs/prime-rl/reverse-text-sft.toml': ['4 max_steps 100 step'],
  'configs/slime/retool_qwen3_4b_sft.sh': ['43 num_epoch 3 epoch'],
  'configs/slime/run_qwen2.5_3B-search-r1.sh': ['35 num_rollout 3000 rollout'],
  'configs/slurm/alignment-handbook-launch.slurm': [],
  'configs/task-runners/falcon-twig-first_run.toml': [],
  'configs/task-runners/falcon-twig-pyproject.toml': [],
  'configs/torchtitan/debug_model.toml': ['42 training.steps 10 step'],
  'configs/torchtitan/llama3_8b.toml': ['35 training.steps 1000 step'],
  'configs/torchtitan/multinode_trainer.slurm': [],
  'configs/torchtitan/run_train.sh': ['40 training.steps 1 step'],
  'configs/torchtitan/ynntitan-chemlactica_125m.toml': ['38 training.steps 20 step'],
  'configs/trl/online-rlhf-run_loop.sh': [],
  'configs/verl/easyr1-qwen2_5_7b_math_grpo.sh': [],
  'configs/verl/opd-run_qwen2_3b_opd.sh': ['121 trainer.total_epochs 1 epoch'],
  'configs/verl/run_qwen2-7b.sh': ['41 trainer.total_epochs 15 epoch'],
  'configs/verl/run_qwen3moe-30b_megatron_lora.sh': ['118 trainer.total_epochs 15 epoch'],
  'configs/verl/rzero-main.sh': [],
  'configs/verl/rzero-questioner_train.sh': [
    '18 trainer.total_epochs 1000 epoch < trainer.max_steps',
    '27 trainer.max_steps 11 step',
  ],
  'configs/verl/rzero-solver_train.sh': [
    '25 trainer.total_epochs 100 epoch < trainer.max_steps',
    '26 trainer.max_steps 20 step',
  ],
  'configs/verl/ttrl-aime.sh': ['24 trainer.total_epochs 80 epoch'],
  'logs/run-folders/hf-whisper-tiny/all_results.json': [],
  'logs/run-folders/hf-whisper-tiny/trainer_state.json': [],
  'logs/run-folders/hydra-lightning-gpt/configs/trainer/default.yaml': ['1 max_steps 500 step'],
  'logs/run-folders/lightning-cli-ml-aos/config.yaml': ['38 trainer.max_epochs 200 epoch'],
  'logs/run-folders/llamafactory-grpo-360/deepseek_lora_dpo_grpo.yaml': ['51 num_train_epochs 8 epoch'],
  'logs/run-folders/llamafactory-qwen25-3b-slurm/sft_config.yaml': ['33 num_train_epochs 7 epoch'],
  'logs/run-folders/trl-dpo-clean-code/configs/sft_lora.yaml': ['25 num_train_epochs 1 epoch'],
  'logs/run-folders/ultralytics-motion/runs/detect/train7/args.yaml': ['5 epochs 40 epoch'],
  'logs/run-folders/yolov5-sweetberry/runs/train/exp5/hyp.yaml': [],
  'logs/run-folders/yolov5-sweetberry/runs/train/exp5/opt.yaml': ['33 epochs 200 epoch'],
};
for (const [name, expected] of Object.entries(golden)) {
  test(`the real ${name}: ${expected.join(', ') || 'no budget line'}`, {
    skip: existsSync(shared) ? false : '../shared is not there',
  }, () => {
    assert.deepEqual(found(readFileSync(join(shared, name), 'utf8'), configLanguageOf(name) ?? undefined), expected);
  });
}
