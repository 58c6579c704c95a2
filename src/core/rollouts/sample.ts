/** What is kept of one sampled response: numbers, none of its text. */
export interface Sample {
  /** Sum of what the trainer calls its prompt; NaN without. */
  readonly uid: number;
  /** Sum of the prompt's text (and of the true answer beside it); NaN without. */
  readonly prompt: number;
  /** As `prompt`, one message more: the first may be the same system prompt for all. NaN without. */
  readonly longPrompt: number;
  /** Sum of the answer it gave; NaN where none can be read. */
  readonly answer: number;
  /** Name of the data set that the prompt is from. */
  readonly source: string | null;
  /** -log p of the whole response, nats; NaN without. */
  readonly uncertainty: number;
  /** The same a token. */
  readonly uncertaintyPerToken: number;
  /** One for each metric of its step; NaN where it has none. */
  readonly scores: readonly number[];
}
