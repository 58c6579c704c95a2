import type { ScaledProblem, ScaledSeries } from './scaledProblem.ts';

/** Series of more checkpoints than this are searched by blocks. */
const longest = 2048;
/** A block is at most this share of its distance from the start, in checkpoints: curves bend most where they begin. */
const share = 1 / 32;

/**
 * The same problem with neighbouring checkpoints averaged, as few as one at the start and more the later: some 32 ln(n/32)
 * blocks, on which the search for a curve lands so near the optimum that all checkpoints are asked once or twice only. null
 * where no series is long, or x does not rise.
 */
export function blockProblem(problem: ScaledProblem): ScaledProblem | null {
  const { series } = problem;
  if (!series.some(({ t }) => t.length > longest) || !series.every(({ t, spacing }) => spacing !== null || rises(t)))
    return null;
  const blocked = new Map<Float64Array, Float64Array>();
  return {
    ...problem,
    series: series.map((one) => {
      const block = one.t.length > longest ? blockSeries(one) : one;
      // Series on the same checkpoints go on sharing them; with weights of their own the means of x differ.
      const t = one.t.length > longest ? (blocked.get(one.t) ?? block.t) : one.t;
      const isSame = t.every((value, i) => value === block.t[i]);
      if (isSame) blocked.set(one.t, t);
      return isSame ? { ...block, t } : block;
    }),
  };
}

function rises(t: Float64Array): boolean {
  for (let i = 1; i < t.length; i++) if ((t[i] ?? 0) < (t[i - 1] ?? 0)) return false;
  return true;
}

function blockSeries(one: ScaledSeries): ScaledSeries {
  const { t, u, weights } = one;
  const rows: { t: number; u: number; weight: number }[] = [];
  let total = 0;
  for (let from = 0; from < t.length; ) {
    const end = Math.min(t.length, from + Math.max(1, Math.floor(from * share)));
    let sw = 0;
    let st = 0;
    let su = 0;
    for (let i = from; i < end; i++) {
      const w = weights[i] ?? 0;
      sw += w;
      st += w * (t[i] ?? 0);
      su += w * (u[i] ?? 0);
    }
    rows.push({ t: st / sw, u: su / sw, weight: sw });
    total += (su * su) / sw;
    from = end;
  }
  return {
    ...one,
    spacing: null,
    total,
    t: Float64Array.from(rows, (row) => row.t),
    u: Float64Array.from(rows, (row) => row.u),
    weights: Float64Array.from(rows, (row) => row.weight),
  };
}
