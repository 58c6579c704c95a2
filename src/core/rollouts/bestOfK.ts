/**
 * Mean over all subsets of size k of the best score in the subset, without bias whatever k (1 to their number): the share
 * of subsets whose best is the i-th smallest score is C(i-1, k-1)/C(N, k). For scores of 0 and 1, of which c are 1, this is
 * 1 - C(N-c, k)/C(N, k), the estimator of pass@k (M. Chen et al., Evaluating Large Language Models Trained on Code, 2021,
 * equation 1).
 * @param ascending finite scores of one prompt, sorted
 */
export function bestOfK(ascending: Float64Array, k: number): number {
  const n = ascending.length;
  if (k < 1 || k > n) return Number.NaN;
  // From the largest down: it is the best of k/N of the subsets, the next one of as many of those without it.
  let share = k / n;
  let mean = 0;
  for (let i = n; i >= k; i -= 1) {
    mean += share * (ascending[i - 1] ?? 0);
    share *= (i - k) / (i - 1);
  }
  return mean;
}
