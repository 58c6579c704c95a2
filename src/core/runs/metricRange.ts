import type { ValueRange } from './run.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Parts of a whole, logged as such or in per cent. */
const shares = set(
  'acc accs accuracy accuracies top1 top5 precision recall prec rec f1 fscore pass success auc auroc iou miou dice map ap ap50 ap75 ' +
    'map50 map95 em maj majority winrate hellaswag mmlu wer_share pck correctness correct asr rouge rouge1 rouge2 rougel ' +
    'rougelsum meteor ndcg mrr specificity sensitivity',
);
/** The same of what is better low; losses made of shares have other bounds. */
const lowShares = set('fpr eer ece');
/** What happens or does not, of which a rate is a share. */
const events = set('win wins success pass violation violations refusal hallucination hallucinations error');
/** Errors per word can be more than one. */
const perUnit = set('word char character phoneme token');
/** From 0 to 100 by definition, where trainings from nothing are under 1 for long. */
const percents = set('bleu chrf');
/** Sizes, speeds, amounts and spreads: of no sign. */
const amounts = set(
  'lr gnorm gradnorm throughput tps wps ups fps mfu tflops flops flop memory mem vram time times elapsed eta remaining ' +
    'seconds secs sec ms duration runtime latency std stddev stdev se stderr sem length lengths len size sizes count counts num',
);
/** Of what a norm is one, and not what was normalized. */
const normed = set(
  'grad grads gradient gradients param params parameter parameters weight weights update updates l1 l2',
);
/** Beside these an amount may be under 0. */
const signed = set('log delta diff difference change explained normalized bias advantage');

export interface Values {
  readonly min: number;
  readonly max: number;
}

/** Of a metric for which lower is better. */
export function rangeOfLower(word: string, tokens: readonly string[], values: Values): ValueRange {
  const least = word === 'ppl' || word === 'perplexity' ? 1 : 0;
  if (!(values.min >= least)) return {};
  return tokens.some((token) => lowShares.has(token)) || isRateOfEvents(tokens)
    ? { lower: least, ...shareOf(values) }
    : { lower: least };
}

/** Of a metric for which higher is better. */
export function rangeOfHigher(tokens: readonly string[], values: Values): ValueRange {
  if (!(values.min >= 0)) return {};
  if (tokens.some((token) => percents.has(token))) return values.max <= 100 ? { lower: 0, upper: 100 } : {};
  const isShare = tokens.some((token) => shares.has(token) || /@\d+$/.test(token)) || isRateOfEvents(tokens);
  return isShare ? shareOf(values) : {};
}

/** Of a series that is no metric: learning rates, norms, times and the like are never under 0. */
export function rangeOfAmount(tokens: readonly string[], values: Values): ValueRange {
  const has = (words: ReadonlySet<string>): boolean =>
    tokens.some((token) => words.has(token.replace(/\d+$/, '')) || words.has(token));
  const isLearningRate = tokens.includes('learning') && tokens.includes('rate');
  const isAmount = has(amounts) || isLearningRate || (tokens.includes('norm') && has(normed));
  return isAmount && !has(signed) && values.min >= 0 ? { lower: 0 } : {};
}

function isRateOfEvents(tokens: readonly string[]): boolean {
  return (
    tokens.includes('rate') && tokens.some((token) => events.has(token)) && !tokens.some((token) => perUnit.has(token))
  );
}

function shareOf({ max }: Values): ValueRange {
  return max <= 1 ? { lower: 0, upper: 1 } : max <= 100 ? { lower: 0, upper: 100 } : {};
}
