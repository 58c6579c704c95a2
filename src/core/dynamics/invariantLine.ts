import { fTail } from '../fit/fTail.ts';

export interface InvariantLine {
  /** beta/alpha, estimated without time, rate or linearity. */
  readonly betaOverAlpha: number;
  /** Value of U_v - (beta/alpha) U_s, which a run keeps. */
  readonly intercept: number;
  /** p value of curvature in the plane: small values reject the two-variable model itself, whatever f is. */
  readonly curvaturePValue: number;
}

/**
 * In the (U_s, U_v) plane a run is a straight line of slope beta/alpha (D1). Both coordinates carry noise, so the line is
 * the errors-in-variables one for equal variances (Deming 1943): the principal axis. Curvature is tested by an F test of a
 * parabola across it. null with fewer than 5 points or no direction.
 */
export function invariantLine(solver: Float64Array, verifier: Float64Array): InvariantLine | null {
  const n = Math.min(solver.length, verifier.length);
  if (n < 5) return null;
  const meanS = solver.reduce((sum, value) => sum + value, 0) / n;
  const meanV = verifier.reduce((sum, value) => sum + value, 0) / n;
  let ss = 0;
  let sv = 0;
  let vv = 0;
  for (let i = 0; i < n; i++) {
    const ds = (solver[i] ?? 0) - meanS;
    const dv = (verifier[i] ?? 0) - meanV;
    ss += ds * ds;
    sv += ds * dv;
    vv += dv * dv;
  }
  if (!(ss > 0) || !Number.isFinite(ss + vv)) return null;
  const angle = 0.5 * Math.atan2(2 * sv, ss - vv);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  if (Math.abs(cos) < 1e-9) return null;
  const along = new Float64Array(n);
  const across = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const ds = (solver[i] ?? 0) - meanS;
    const dv = (verifier[i] ?? 0) - meanV;
    along[i] = ds * cos + dv * sin;
    across[i] = dv * cos - ds * sin;
  }
  const betaOverAlpha = sin / cos;
  return {
    betaOverAlpha,
    intercept: meanV - betaOverAlpha * meanS,
    curvaturePValue: curvaturePValue(along, across),
  };
}

/** F test of the square's share in `across`, after line and mean are taken from both. */
function curvaturePValue(along: Float64Array, across: Float64Array): number {
  const n = along.length;
  const square = along.map((a) => a * a);
  const aa = square.reduce((sum, value) => sum + value, 0);
  const meanSquare = aa / n;
  const slope = square.reduce((sum, value, i) => sum + (value - meanSquare) * (along[i] ?? 0), 0) / aa;
  const bent = square.map((value, i) => value - meanSquare - slope * (along[i] ?? 0));
  const bb = bent.reduce((sum, value) => sum + value * value, 0);
  const bc = bent.reduce((sum, value, i) => sum + value * (across[i] ?? 0), 0);
  const cc = across.reduce((sum, value) => sum + value * value, 0);
  const explained = bb > 0 ? (bc * bc) / bb : 0;
  // Rounding alone bends a perfect line by some 1e-16 of its length.
  if (cc <= 1e-24 * aa) return 1;
  return fTail(explained / (Math.max(0, cc - explained) / (n - 3)), 1, n - 3);
}
