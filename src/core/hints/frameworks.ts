import type { ConfigFacts } from './configFacts.ts';

/** A rollout is one round of sampling and the updates from it; an episode of RLHF is once through the prompts. */
export type BudgetUnit = 'epoch' | 'step' | 'rollout' | 'episode' | 'sample';

export interface BudgetKey {
  /** The last part of the path; spellings of one key by several names stand in one row each. */
  readonly name: string;
  /** null: the value names it (`4800ba`, `2ep`; a plain number counts steps). */
  readonly unit: BudgetUnit | null;
}

/** Where a framework's configs say how long to train. A new framework is one line of the table. */
export interface Framework {
  readonly title: string;
  isRecognised(config: ConfigFacts): boolean;
  /** Whether a section (its dotted path; '' is the top of the config) may hold the budget. Each is judged by itself. */
  readonly isSection: (section: string, config: ConfigFacts) => boolean;
  /** In order of precedence where the rule is `first`. */
  readonly budgets: readonly BudgetKey[];
  /** `first`: the first that is set wins. `earliest`: all hold, the run ends at whichever comes first. */
  readonly rule: 'first' | 'earliest';
  /**
   * Where the framework writes, surest first, with the keys that say so: `${trainer.default_local_dir}`. A line whose
   * keys are not all given is left out. Keys are looked for in the budget's section, then from the top.
   */
  readonly outputs: readonly string[];
}

const epochs = (name: string): BudgetKey => ({ name, unit: 'epoch' });
const steps = (name: string): BudgetKey => ({ name, unit: 'step' });
const key = (path: string): string => `\${${path}}`;
const keys = (...paths: readonly string[]): string[] => paths.map(key);

const at =
  (pattern: RegExp): Framework['isSection'] =>
  (section) =>
    pattern.test(section);
const isTop = at(/^$/);

/** Projects nest the arguments of HF's Trainer where they like; `num_train_epochs` tells them, `max_steps` alone does not. */
const isTrainingArguments: Framework['isSection'] = (section, config) =>
  section === '' ||
  config.has(`${section}.num_train_epochs`) ||
  /(^|\.)(training_args|training_arguments|trainer_args)$/.test(section);
const hfOutputs = keys('output_dir', 'logging_dir');
const verlRun = `${key('trainer.project_name')}/${key('trainer.experiment_name')}`;

/** The first that recognises a config has it: the special before the general. Sources: each framework's own documentation and code. */
export const frameworks: readonly Framework[] = [
  {
    title: 'EasyR1',
    isRecognised: (config) => config.some(/^worker\.(actor|rollout)\./) && config.some(/^trainer\./),
    isSection: at(/^trainer$/),
    budgets: [steps('max_steps'), epochs('total_epochs')],
    rule: 'first',
    outputs: [...keys('trainer.save_checkpoint_path'), `checkpoints/${verlRun}`],
  },
  {
    title: 'verl',
    isRecognised: (config) =>
      config.some(/^actor_rollout_ref\./) || config.hasAny('trainer.total_epochs', 'trainer.total_training_steps'),
    isSection: at(/^trainer$/),
    budgets: [steps('total_training_steps'), epochs('total_epochs')],
    rule: 'first',
    outputs: [
      `${verlRun}.jsonl`,
      ...keys('trainer.default_local_dir'),
      `tensorboard_log/${verlRun}`,
      `checkpoints/${verlRun}`,
    ],
  },
  {
    title: 'NeMo-Aligner',
    isRecognised: (config) => config.some(/^trainer\.(dpo|ppo|spin|rm|sft|kto|rs|reinforce)\.max_(epochs|steps)$/),
    isSection: at(/^trainer\.(dpo|ppo|spin|rm|sft|kto|rs|reinforce)$/),
    budgets: [epochs('max_epochs'), steps('max_steps')],
    rule: 'earliest',
    outputs: [
      ...keys('exp_manager.explicit_log_dir'),
      `${key('exp_manager.exp_dir')}/${key('name')}`,
      `nemo_experiments/${key('name')}`,
    ],
  },
  {
    title: 'NeMo-RL',
    isRecognised: (config) => config.some(/^(grpo|sft|dpo|rm|distillation)\.max_num_(steps|epochs)$/),
    isSection: at(/^(grpo|sft|dpo|rm|distillation)$/),
    budgets: [steps('max_num_steps'), epochs('max_num_epochs')],
    rule: 'earliest',
    outputs: keys('logger.log_dir', 'checkpointing.checkpoint_dir'),
  },
  {
    title: 'ROLL',
    isRecognised: (config) => config.hasAny('rollout_batch_size', 'pretrain') && config.some(/^actor_train\./),
    isSection: isTop,
    budgets: [steps('max_steps')],
    rule: 'first',
    outputs: [
      `${key('logging_dir')}/${key('exp_name')}`,
      ...keys('logging_dir', 'tracker_kwargs.log_dir', 'output_dir'),
    ],
  },
  {
    title: 'AReaL',
    isRecognised: (config) => config.some(/^(exp_ctrl\.)?total_train_(epochs|steps)$/),
    isSection: at(/^(exp_ctrl)?$/),
    budgets: [epochs('total_train_epochs'), steps('total_train_steps')],
    rule: 'earliest',
    outputs: [
      `${key('cluster.fileroot')}/logs/${key('experiment_name')}/${key('trial_name')}`,
      ...keys('cluster.fileroot'),
    ],
  },
  {
    title: 'torchtune',
    isRecognised: (config) => config.has('epochs') && config.some(/\._component_$/),
    isSection: isTop,
    budgets: [epochs('epochs')],
    rule: 'first',
    outputs: keys('metric_logger.log_dir', 'output_dir'),
  },
  {
    title: 'YOLO',
    isRecognised: (config) =>
      config.has('epochs', 'imgsz') && config.hasAny('close_mosaic', 'hyp', 'save_dir', 'mosaic', 'weights'),
    isSection: isTop,
    budgets: [epochs('epochs')],
    rule: 'first',
    outputs: keys('save_dir'),
  },
  {
    title: 'slime',
    isRecognised: (config) =>
      config.hasAny('num_rollout', 'num_epoch') && config.hasAny('rollout_batch_size', 'rollout_function_path'),
    isSection: isTop,
    budgets: [{ name: 'num_rollout', unit: 'rollout' }, epochs('num_epoch')],
    rule: 'first',
    outputs: keys('tensorboard_dir', 'save'),
  },
  {
    title: 'OpenRLHF',
    isRecognised: (config) =>
      config.hasAny('prompt_data', 'data.prompt_dataset') &&
      config.hasAny('n_samples_per_prompt', 'rollout.n_samples_per_prompt'),
    isSection: at(/^(train)?$/),
    // max_epochs counts the passes over each batch of rollouts here.
    budgets: [{ name: 'num_episodes', unit: 'episode' }],
    rule: 'first',
    outputs: keys(
      'use_tensorboard',
      'logger.tensorboard_dir',
      'save_path',
      'ckpt.output_dir',
      'ckpt_path',
      'ckpt.path',
    ),
  },
  {
    title: 'OpenRLHF',
    isRecognised: (config) =>
      config.hasAny('max_epochs', 'train.max_epochs') &&
      config.hasAny('dataset', 'data.dataset') &&
      config.hasAny('pretrain', 'model.model_name_or_path', 'actor.model_name_or_path'),
    isSection: at(/^(train)?$/),
    budgets: [epochs('max_epochs')],
    rule: 'first',
    outputs: keys('use_tensorboard', 'logger.tensorboard_dir', 'save_path', 'ckpt.output_dir'),
  },
  {
    title: 'torchtitan',
    isRecognised: (config) =>
      config.has('training.steps') &&
      config.some(/^(job|model|metrics|lr_scheduler|parallelism|checkpoint|activation_checkpoint|comm)\./),
    isSection: at(/^training$/),
    budgets: [steps('steps')],
    rule: 'first',
    outputs: [
      `${key('job.dump_folder')}/${key('metrics.save_tb_folder')}`,
      ...keys('job.dump_folder', 'dump_folder'),
      'outputs',
    ],
  },
  {
    title: 'prime-rl',
    isRecognised: (config) =>
      config.has('max_steps') &&
      config.some(/^(orchestrator|trainer)\./) &&
      config.some(/^(inference|deployment|ckpt|model)\./),
    isSection: isTop,
    budgets: [steps('max_steps')],
    rule: 'first',
    outputs: [...keys('output_dir'), 'outputs'],
  },
  {
    title: 'Megatron-LM',
    isRecognised: (config) =>
      config.hasAny('train_iters', 'train_samples') &&
      config.hasAny('tensor_model_parallel_size', 'micro_batch_size', 'global_batch_size'),
    isSection: isTop,
    budgets: [steps('train_iters'), { name: 'train_samples', unit: 'sample' }],
    rule: 'first',
    outputs: keys('tensorboard_dir', 'save'),
  },
  {
    title: 'GPT-NeoX',
    isRecognised: (config) =>
      config.hasAny('train_iters', 'train-iters', 'train_epochs', 'train-epochs') &&
      config.hasAny('num_layers', 'num-layers', 'pipe_parallel_size', 'pipe-parallel-size'),
    isSection: isTop,
    budgets: [steps('train_iters'), steps('train-iters'), epochs('train_epochs'), epochs('train-epochs')],
    rule: 'first',
    outputs: keys('tensorboard_dir', 'tensorboard-dir', 'log_dir', 'log-dir', 'save'),
  },
  {
    title: 'OLMo',
    isRecognised: (config) => config.has('max_duration') && config.hasAny('save_interval_unsharded', 'stop_at'),
    isSection: isTop,
    budgets: [{ name: 'max_duration', unit: null }, steps('stop_at')],
    rule: 'earliest',
    outputs: keys('save_folder'),
  },
  {
    title: 'Composer',
    isRecognised: (config) => config.some(/(^|\.)max_duration$/),
    isSection: at(/^(parameters|trainer)?$/),
    budgets: [{ name: 'max_duration', unit: null }],
    rule: 'first',
    outputs: keys('save_folder'),
  },
  {
    title: 'MaxText',
    isRecognised: (config) =>
      config.has('steps') &&
      config.hasAny('base_config', 'base_output_directory', 'per_device_batch_size', 'max_target_length'),
    isSection: isTop,
    budgets: [steps('steps')],
    rule: 'first',
    outputs: [`${key('base_output_directory')}/${key('run_name')}`],
  },
  {
    title: 'axolotl',
    isRecognised: (config) =>
      config.has('base_model') &&
      (config.hasAny('num_epochs', 'micro_batch_size', 'sequence_len', 'adapter') || config.some(/^datasets\./)),
    isSection: isTop,
    budgets: [steps('max_steps'), epochs('num_epochs')],
    rule: 'first',
    outputs: hfOutputs,
  },
  {
    title: 'LLaMA-Factory',
    isRecognised: (config) =>
      config.hasAny('finetuning_type', 'cutoff_len', 'dataset_dir') && config.hasAny('num_train_epochs', 'max_steps'),
    isSection: isTop,
    budgets: [steps('max_steps'), epochs('num_train_epochs')],
    rule: 'first',
    outputs: hfOutputs,
  },
  {
    title: 'HF Trainer',
    isRecognised: (config) =>
      config.some(/(^|\.)num_train_epochs$|(^|\.)(training_args|training_arguments|trainer_args)\.max_steps$/) ||
      (config.has('max_steps') &&
        config.hasAny(
          'per_device_train_batch_size',
          'gradient_accumulation_steps',
          'learning_rate',
          'lr_scheduler_type',
          'logging_steps',
          'save_steps',
        )),
    isSection: isTrainingArguments,
    budgets: [steps('max_steps'), epochs('num_train_epochs')],
    rule: 'first',
    outputs: hfOutputs,
  },
  {
    title: 'Lightning',
    isRecognised: (config) =>
      config.some(/^(fit\.)?trainer\.max_(epochs|steps)$/) ||
      (config.hasAny('max_epochs', 'max_steps') &&
        config.hasAny(
          'min_epochs',
          'check_val_every_n_epoch',
          'default_root_dir',
          'accelerator',
          'limit_train_batches',
        )),
    isSection: at(/^((fit\.)?trainer)?$/),
    budgets: [epochs('max_epochs'), steps('max_steps')],
    rule: 'earliest',
    outputs: [
      ...keys('exp_manager.explicit_log_dir'),
      `${key('exp_manager.exp_dir')}/${key('exp_manager.name')}`,
      ...keys('trainer.logger.init_args.save_dir', 'trainer.default_root_dir', 'default_root_dir', 'hydra.run.dir'),
    ],
  },
  {
    // Projects with names of their own: only sections and names that mean nothing else, in a config that trains.
    title: 'training config',
    isRecognised: (config) => config.some(/(^|[._])(lr|learning_rate|optimizer|optim|(train_)?batch_size)(\.|$)/i),
    isSection: at(
      /^((trainer|train|training|trainer_args|training_args|train_cfg|runner|hparams|hyperparameters|args)|model\.learn)?$/,
    ),
    budgets: [
      ...['max_steps', 'total_steps', 'train_steps', 'num_train_steps', 'training_steps', 'max_train_steps'].map(steps),
      ...['max_iters', 'train_iters', 'max_iterations', 'total_iters', 'total_iterations', 'num_iterations'].map(steps),
      ...['epochs', 'n_epochs', 'num_epochs', 'max_epochs', 'max_epoch', 'total_epochs', 'train_epochs'].map(epochs),
      ...['training_epochs', 'nepochs', 'n_epoch', 'num_epoch'].map(epochs),
    ],
    rule: 'earliest',
    outputs: keys('output_dir', 'logging_dir', 'log_dir', 'save_dir', 'work_dir', 'out_dir', 'hydra.run.dir'),
  },
];
