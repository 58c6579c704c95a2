import { inEnglish } from '../inEnglish.ts';
import { axisRank } from './axisNames.ts';
import { rangeOfAmount, rangeOfHigher, rangeOfLower, type Values } from './metricRange.ts';
import { nameTokens } from './nameTokens.ts';
import type { Direction, ValueRange } from './run.ts';

export interface SeriesMeaning {
  readonly direction: Direction;
  readonly range: ValueRange;
  /** Evidence in plain words. */
  readonly why: string;
  /** The name says nothing: it may still be a metric. */
  readonly isUnknown?: boolean;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that make a series no curve whatever stands beside them: settings, speeds, sizes, spreads, clocks. */
const noCurve = set(
  'lr lrs learning rate norm gnorm gradnorm throughput tps wps ups fps mfu tflops flops flop memory mem vram gpu cpu ' +
    'time timing times elapsed eta remaining seconds secs sec ms duration runtime latency std stddev stdev var variance se ' +
    'stderr sem entropy clip clipped clipfrac clipping length len lengths size sizes count counts num momentum decay wd ' +
    'temperature seed pid rank id idx index timestamp date progress percentage percent version skipped nan nans ' +
    'advantage advantages logps logits ratio scale beta beta1 beta2 eps epsilon kl approx samples tokens episodes ' +
    'exploration n total worker workers prompts completions chosen rejected profiling taken',
);
/** Of the words above, those that a strong metric word outweighs: mean_token_accuracy, error rate. */
const weakNoCurve = set(
  'rate samples tokens n total num completions prompts time percent percentage learning episodes ratio index id rank',
);
const lowerIsBetter = set(
  'loss losses nll ppl perplexity error errors err wer cer mse rmse mae mape bpb bpc bits cost costs fpr fnr ' +
    'violation violations crash crashes uncertainty xent crossentropy logloss rmsle regret fid eer brier ece fde ade ' +
    'hallucination hallucinations refusal deviance misfit',
);
const higherIsBetter = set(
  'acc accs accuracy accuracies top1 top5 reward rewards return returns score scores map ap ap50 ap75 map50 map95 precision prec rec ' +
    'recall f1 fscore rouge rouge1 rouge2 rougel rougelsum bleu chrf meteor pass success iou miou dice auc auroc roc psnr ssim ' +
    'win wins winrate r2 em correct correctness elo hellaswag mmlu gsm8k maj majority epret eprew rew ret pck ndcg mrr ' +
    'fitness margins asr spearman pearson kappa mcc specificity sensitivity',
);
/** Extremes of a batch or a running best move by luck, not by learning. */
const extremes = set('max min best worst maximum minimum p10 p90 p99');
/** Losses that steer a policy and do not fall as it gets better. */
const steering = set('pg policy actor pi surrogate ppo entropy kl aux auxiliary');

/** Direction and bounds of a metric by the words of its name; what is no curve has direction none. */
export function seriesMeaning(name: string, values: Values): SeriesMeaning {
  const none = (why: string): SeriesMeaning => ({ direction: 'none', range: {}, why });
  if (axisRank(name) !== null) return none(`"${name}" counts progress`);
  const english = inEnglish(name);
  // A cross-entropy is a loss, whatever the entropy of a policy is.
  const tokens = nameTokens(english.replace(/cross[ _-]?entropy/gi, 'crossentropy'));
  if (/^(num|n|total)$/.test(tokens[0] ?? '') && /^(tokens|samples|examples|prompts)$/.test(tokens.at(-1) ?? '')) {
    return none('it counts what was seen');
  }
  const has = (words: ReadonlySet<string>): string | undefined => tokens.findLast((token) => words.has(stem(token)));
  const where = english === name ? 'in the name' : `in the name (in English "${english}")`;
  const lower = has(lowerIsBetter);
  const higher = has(higherIsBetter) ?? tokens.findLast((token) => /^(mean|best|maj|pass)@?\d+$/.test(token));
  const spread = tokens.map((token) => token.replace(/@\d*$/, '')).find((token) => noCurve.has(token));
  if (
    spread !== undefined &&
    !((lower ?? higher) !== undefined && weakNoCurve.has(spread) && !isLearningRate(tokens))
  ) {
    const why = `"${spread}" ${where} says that it is no metric to reach a limit`;
    return { ...none(why), range: rangeOfAmount(tokens, values) };
  }
  if (lower === undefined && higher === undefined) {
    const range = rangeOfAmount(tokens, values);
    return { ...none('nothing in the name says what is better'), range, isUnknown: true };
  }
  const extreme = tokens.find((token) => extremes.has(token));
  if (extreme !== undefined && !/@\d/.test(name)) return none(`"${extreme}" of a batch moves by luck`);
  if (lower !== undefined && tokens.some((token) => steering.has(token))) {
    return none('a loss that steers the policy does not fall as it gets better');
  }
  if (lower !== undefined && (higher === undefined || tokens.lastIndexOf(lower) > tokens.lastIndexOf(higher))) {
    const range = rangeOfLower(stem(lower), tokens, values);
    return { direction: 'lower', range, why: `"${lower}" ${where}: lower is better` };
  }
  const range = rangeOfHigher(tokens, values);
  return { direction: 'higher', range, why: `"${higher}" ${where}: higher is better` };
}

/** `loss_cls`, `loss1`, `acc@1`: numbers at the end of a word do not change it. */
function stem(token: string): string {
  return lowerIsBetter.has(token) || higherIsBetter.has(token) || noCurve.has(token)
    ? token
    : token.replace(/@?\d+$/, '');
}

function isLearningRate(tokens: readonly string[]): boolean {
  return tokens.includes('learning') || tokens.includes('lr');
}
