/** Words of metric names; one of them in a column's name is evidence that the table is a log. */
const metricWord =
  /loss|acc|error|(^|[^a-z])err([^a-z]|$)|reward|return|score|perplexity|(^|[^a-z])(ppl|wer|cer|bpb|bpc|nll|kl|f1|auc|map|iou|miou|bleu|rouge|em|lr|mse|mae|rmse|r2|elo|dice|mrr|ndcg|psnr|ssim|fid)([^a-z]|$)|precision|recall|entropy|gradnorm|grad_norm|learning.?rate|logloss|solver|verifier|pass@|maj@|best@|mean@|uncertainty|success|win.?rate|eprew|epret/;

export function isMetricName(name: string): boolean {
  return metricWord.test(name.toLowerCase());
}
