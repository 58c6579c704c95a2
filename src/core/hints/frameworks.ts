export type BudgetUnit = 'epoch' | 'step';

/** A key that sets how long a run trains. */
export interface BudgetKey {
  /** Last parts of the dotted path; matches at the top level or below any of the parents. */
  readonly path: string;
  readonly unit: BudgetUnit;
}

/** How one framework spells its budget. */
export interface Framework {
  readonly id: string;
  readonly title: string;
  /** Paths of which so many must be there for a config to be one of this framework. */
  readonly marks: readonly RegExp[];
  readonly fewestMarks: number;
  /**
   * Budget keys; with `first-set` the first that is set wins and the others count for nothing, with `first-reached` each
   * ends the run.
   */
  readonly budget: readonly BudgetKey[];
  readonly precedence: 'first-set' | 'first-reached';
  /** Keys above which budget keys may be nested; the empty one is the top level. */
  readonly parents: readonly string[];
  /** Keys of folders to which the run writes, surest first. */
  readonly outputs: readonly string[];
}

const trainerOutputs = ['logging_dir', 'output_dir'];

/** The most special first: a config is of the first framework whose marks it has. */
export const frameworks: readonly Framework[] = [
  {
    id: 'verl',
    title: 'verl',
    marks: [/^trainer\.total_(epochs|training_steps)$/, /^(actor_rollout_ref|data|algorithm|worker|critic)\./],
    fewestMarks: 2,
    budget: [
      { path: 'trainer.total_training_steps', unit: 'step' },
      { path: 'trainer.max_steps', unit: 'step' },
      { path: 'trainer.total_epochs', unit: 'epoch' },
    ],
    precedence: 'first-set',
    parents: [''],
    outputs: ['trainer.default_local_dir', 'trainer.save_checkpoint_path', 'trainer.experiment_name'],
  },
  {
    id: 'roll',
    title: 'ROLL',
    marks: [/^rollout_batch_size$/, /^actor_train\./],
    fewestMarks: 2,
    // The epochs of its training_args are derived or ignored.
    budget: [{ path: 'max_steps', unit: 'step' }],
    precedence: 'first-set',
    parents: [''],
    outputs: trainerOutputs,
  },
  {
    id: 'axolotl',
    title: 'axolotl',
    marks: [/^base_model$/, /^(micro_batch_size|sequence_len|num_epochs|datasets\.|adapter|val_set_size)/],
    fewestMarks: 2,
    budget: [
      { path: 'max_steps', unit: 'step' },
      { path: 'num_epochs', unit: 'epoch' },
    ],
    precedence: 'first-set',
    parents: [''],
    outputs: trainerOutputs,
  },
  {
    id: 'llama-factory',
    title: 'LLaMA-Factory',
    marks: [/^(finetuning_type|stage|template|dataset_dir|cutoff_len)$/, /^(num_train_epochs|max_steps)$/],
    fewestMarks: 2,
    budget: [
      { path: 'max_steps', unit: 'step' },
      { path: 'num_train_epochs', unit: 'epoch' },
    ],
    precedence: 'first-set',
    parents: [''],
    outputs: trainerOutputs,
  },
  {
    id: 'hugging-face',
    title: 'Hugging Face Trainer or TRL',
    marks: [
      /(^|\.)num_train_epochs$/,
      /(^|\.)(per_device_train_batch_size|gradient_accumulation_steps|output_dir|logging_steps|save_steps|lr_scheduler_type|eval_steps)$/,
    ],
    fewestMarks: 1,
    budget: [
      { path: 'max_steps', unit: 'step' },
      { path: 'num_train_epochs', unit: 'epoch' },
    ],
    precedence: 'first-set',
    parents: ['', 'training_args', 'training', 'trainer', 'train', 'training_arguments', 'args', 'sft', 'method'],
    outputs: trainerOutputs,
  },
];
