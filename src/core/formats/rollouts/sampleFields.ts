import { onDemand } from '../../onDemand.ts';

/** What a field of a dumped sample is. */
export type SampleField =
  | 'prompt'
  | 'output'
  /** Prompt and response in one list of messages. */
  | 'messages'
  | 'answer'
  | 'truth'
  | 'uid'
  | 'source'
  | 'step'
  | 'score'
  /** log p of each token, or their sum. */
  | 'logProbability'
  /** log p a token, on average. */
  | 'meanLogProbability'
  /** 1 for the tokens that the model wrote. */
  | 'tokenMask'
  /** Tokens of the response. */
  | 'length'
  | 'other';

const names: Readonly<Record<Exclude<SampleField, 'score' | 'other'>, string>> = {
  prompt: 'input inputs prompt prompts question query problem instruction prompt_str',
  output: 'output outputs response responses completion completions generation generated_text response_str',
  messages: 'content messages message_log conversation',
  answer: 'pred prediction preds predicted_answer extracted_answer parsed_answer model_answer',
  truth: 'gts gt ground_truth ground_truths target label solution reference expected_answer',
  uid: 'uid prompt_id prompt_uid problem_id question_id group_id',
  source: 'data_source data_sources dataset dataset_name dataset_names source task_name',
  step: 'step global_step global_steps training_step train_step',
  logProbability:
    'logprobs log_probs logprob log_prob logp logps generation_logprobs response_logprobs rollout_log_probs token_logprobs ' +
    'old_log_probs cumulative_logprob sum_logprob sum_log_prob sequence_logprob',
  meanLogProbability: 'mean_logprob avg_logprob mean_log_prob avg_log_prob mean_logp avg_logp',
  tokenMask: 'token_loss_mask token_mask response_mask completion_mask loss_mask',
  length: 'response_length response_lengths output_length completion_length num_tokens response_tokens n_tokens',
};

const isField = (name: string): name is keyof typeof names => Object.hasOwn(names, name);

const byName = new Map<string, SampleField>(
  Object.keys(names)
    .filter(isField)
    .flatMap((field) => names[field].split(' ').map((name) => [name, field] as const)),
);

/** Whether a text has a key under which a response stands; no escape stands in such keys. */
export const mayHoldOutput = (text: string): boolean => outputKey().test(text);

const outputKey = onDemand(
  () => new RegExp(`"(?:${`${names.output} ${names.messages}`.replaceAll(' ', '|')})"\\s*:`, 'i'),
);

/** Scores by the names that trainers and reward functions give them. */
const score =
  /^(total_)?(scores?|rewards?|acc|accuracy|correct|is_correct|correctness|pass|passed|success|solved)$|(^|_)(reward|score|acc|accuracy|correct|correctness)(_func)?$/;

export function sampleField(name: string): SampleField {
  const own = name.toLowerCase();
  return byName.get(own) ?? (score.test(own) && !/^(filtered|max|min|std|prev|old)_/.test(own) ? 'score' : 'other');
}
