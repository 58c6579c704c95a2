import { inEnglish } from '../inEnglish.ts';
import { byName } from './text/byName.ts';

/** Words of metric names; one of them in a column's name is evidence that the table is a log. */
const metricWord =
  /loss|acc|error|(^|[^a-z])err([^a-z]|$)|reward|return|score|perplexity|(^|[^a-z])(ppl|wer|cer|bpb|bpc|nll|kl|f1|auc|map|iou|miou|bleu|rouge|em|lr|mse|mae|rmse|r2|elo|dice|mrr|ndcg|psnr|ssim|fid)([^a-z]|$)|precision|recall|entropy|gradnorm|grad_norm|learning.?rate|logloss|solver|verifier|pass@|maj@|best@|mean@|uncertainty|success|win.?rate|eprew|epret/;
/** Settings and gradients that are logged beside metrics, and by some libraries alone. */
const settingWord = /(^|[^a-z])(lr|kl)([^a-z]|$)|grad.?norm|learning.?rate|\baccelerat|\baccess|\baccum|return.?code/;
/** Names of scores that tables have beside others; in a console they stand alone. */
const outcomeWord = /(^|[^a-z])(ap\d*|cost|elbo|bce|fitness|pck|mape|hits?|top-?[15])([^a-z]|$)|rew([^a-z]|$)/;

/** Under the name of a part alone stands its score; in other languages, how much there is of it. */
const partAlone = /^(train|val|valid|test)$/;

/** Clocks, the machine and settings: they fill a line as well as metrics do, and say nothing of how the run goes. */
const sideWord =
  /(^|[^a-z])(time|data|eta|elapsed|remaining|mem|memory|alloc|allocated|lr|mom|momentum|wd|skipped|speed|tps|fps|mfu|secs?|seconds|ms|it|its|s|gpu|cpu|size|rank|rate|bytes|samples?)([^a-z]|$)|throughput|tokens|per.?sec|learning.?rate|flops?/;

export function isMetricName(name: string): boolean {
  return metricWord.test(inEnglish(name).toLowerCase());
}

/** Whether a console that repeats such a name tells how the run does, not only how it is set. */
export const isOutcomeName = byName((name) => {
  const lower = inEnglish(name).toLowerCase();
  return (
    (metricWord.test(lower) && !settingWord.test(lower)) ||
    outcomeWord.test(lower) ||
    partAlone.test(name.toLowerCase())
  );
});

/** False where none of the names in a text is such a name, or only that of a part of the run. */
export function mayHoldOutcome(text: string): boolean {
  const lower = inEnglish(text).toLowerCase();
  return metricWord.test(lower) || outcomeWord.test(lower) || partAlone.test(lower);
}

export const isSideName = byName((name) =>
  sideWord.test(
    inEnglish(name)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase(),
  ),
);
