// bench/forecast.ts
import { readFileSync } from "node:fs";

// src/core/control.ts
var unwatched = { check: () => {
}, progress: () => {
} };

// src/core/fit/curveFamily.ts
function geometricGrid(first, last, count2) {
  return Array.from({ length: count2 }, (_, i) => first * (last / first) ** (i / (count2 - 1)));
}

// src/core/fit/exponential.ts
var exponential = {
  name: "exponential",
  parameters: [{ name: "rate", kind: "rate" }],
  shapes: geometricGrid(0.3, 80, 32).map((rate) => [rate]),
  decay: (t, [rate = 1]) => Math.exp(-rate * t),
  gradient: (t, [rate = 1]) => [-t * Math.exp(-rate * t)],
  settlesAt: (tolerance, [rate = 1]) => -Math.log(tolerance) / rate,
  steps: [Math.log(80 / 0.3) / 31],
  isSigmoid: () => false
};

// src/core/fit/hill.ts
var hill = {
  name: "hill",
  parameters: [
    { name: "tau", kind: "time" },
    { name: "power", kind: "number" }
  ],
  shapes: geometricGrid(0.02, 3, 12).flatMap((tau) => [0.7, 1, 1.4, 2, 3, 5].map((power) => [tau, power])),
  decay: (t, [tau = 1, power = 1]) => t > 0 ? 1 / (1 + (t / tau) ** power) : 1,
  gradient: (t, [tau = 1, power = 1]) => {
    if (!(t > 0)) return [0, 0];
    const ratio = (t / tau) ** power;
    const bell = 1 / (1 + ratio) / (1 + 1 / ratio);
    return [bell * power / tau, -bell * Math.log(t / tau)];
  },
  settlesAt: (tolerance, [tau = 1, power = 1]) => tau * (1 / tolerance - 1) ** (1 / power),
  steps: [Math.log(3 / 0.02) / 11, Math.log(5 / 0.7) / 5],
  isSigmoid: ([, power = 1]) => power > 1
};

// src/core/fit/powerLaw.ts
var powerLaw = {
  name: "power law",
  parameters: [
    { name: "tau", kind: "time" },
    { name: "power", kind: "number" }
  ],
  shapes: geometricGrid(0.01, 4, 10).flatMap((tau) => geometricGrid(0.15, 6, 11).map((power) => [tau, power])),
  decay: (t, [tau = 1, power = 1]) => Math.exp(-power * Math.log1p(t / tau)),
  gradient: (t, [tau = 1, power = 1]) => {
    const log = Math.log1p(t / tau);
    const decay2 = Math.exp(-power * log);
    return [power * t / (tau * (tau + t)) * decay2, -log * decay2];
  },
  settlesAt: (tolerance, [tau = 1, power = 1]) => tau * (tolerance ** (-1 / power) - 1),
  steps: [Math.log(4 / 0.01) / 9, Math.log(6 / 0.15) / 10],
  isSigmoid: () => false
};

// src/core/fit/stretched.ts
var stretches = [0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 1.2, 1.5, 2, 3];
var stretched = {
  name: "stretched exponential",
  parameters: [
    { name: "rate", kind: "rate" },
    { name: "stretch", kind: "number" }
  ],
  shapes: geometricGrid(0.3, 60, 14).flatMap((rate) => stretches.map((stretch) => [rate, stretch])),
  decay: (t, [rate = 1, stretch = 1]) => t > 0 ? Math.exp(-((rate * t) ** stretch)) : 1,
  gradient: (t, [rate = 1, stretch = 1]) => {
    if (!(t > 0)) return [0, 0];
    const power = (rate * t) ** stretch;
    const decay2 = Math.exp(-power);
    return [-decay2 * power * stretch / rate, -decay2 * power * Math.log(rate * t)];
  },
  settlesAt: (tolerance, [rate = 1, stretch = 1]) => (-Math.log(tolerance)) ** (1 / stretch) / rate,
  steps: [Math.log(60 / 0.3) / 13, Math.log(3 / 0.35) / 9],
  isSigmoid: ([, stretch = 1]) => stretch > 1
};

// src/core/fit/twoExponentials.ts
var decay = (t, [rate = 1, quicker = 1, share2 = 1]) => share2 * Math.exp(-rate * t) + (1 - share2) * Math.exp(-rate * quicker * t);
var twoExponentials = {
  name: "two exponentials",
  parameters: [
    { name: "rate", kind: "rate" },
    { name: "quicker", kind: "number" },
    { name: "share", kind: "share" }
  ],
  shapes: geometricGrid(0.3, 12, 10).flatMap(
    (rate) => [2.5, 5, 12].flatMap((quicker) => [0.15, 0.3, 0.5, 0.7, 0.85].map((share2) => [rate, quicker, share2]))
  ),
  decay,
  gradient: (t, [rate = 1, quicker = 1, share2 = 1]) => {
    const slow2 = Math.exp(-rate * t);
    const quick = Math.exp(-rate * quicker * t);
    return [-t * (share2 * slow2 + (1 - share2) * quicker * quick), -(1 - share2) * rate * t * quick, slow2 - quick];
  },
  settlesAt: (tolerance, shape) => {
    let low = 0;
    let high = -Math.log(tolerance) / (shape[0] ?? 1);
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (decay(middle, shape) > tolerance) low = middle;
      else high = middle;
    }
    return high;
  },
  // In the log odds of the share its grid is about even.
  steps: [Math.log(12 / 0.3) / 9, Math.log(12 / 2.5) / 2, 0.87],
  isSigmoid: () => false
};

// src/core/fit/curveFamilies.ts
var curveFamilies = [
  { family: exponential, prior: 1 / 7 },
  { family: powerLaw, prior: 3 / 7 },
  { family: stretched, prior: 1 / 7 },
  { family: twoExponentials, prior: 1 / 7 },
  { family: hill, prior: 1 / 7 }
];
function familiesWith(more) {
  const all = [...curveFamilies, ...more];
  const total = all.reduce((sum, { prior }) => sum + prior, 0);
  return more.length === 0 ? curveFamilies : all.map(({ family, prior }) => ({ family, prior: prior / total }));
}

// src/core/fit/binLong.ts
var most = 2048;
function binLong(series) {
  const n = series.x.length;
  if (n <= most) return series;
  const size = Math.ceil(n / most);
  const bins = Math.ceil(n / size);
  const x = new Float64Array(bins);
  const y = new Float64Array(bins);
  const weights = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    const end = Math.min(n, (bin + 1) * size);
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let i = bin * size; i < end; i++) {
      const weight = series.weights?.[i] ?? 1;
      const [at, value] = [series.x[i] ?? 0, series.y[i] ?? 0];
      if (!(weight > 0 && Number.isFinite(at) && Number.isFinite(value))) continue;
      sum += weight;
      sumX += weight / sum * (at - sumX);
      sumY += weight / sum * (value - sumY);
    }
    x[bin] = sumX;
    y[bin] = sum > 0 ? sumY : Number.NaN;
    weights[bin] = sum;
  }
  return { ...series, x, y, weights };
}

// src/core/fit/blockProblem.ts
var longest = 2048;
var share = 1 / 32;
function blockProblem(problem) {
  const { series } = problem;
  if (!series.some(({ t }) => t.length > longest) || !series.every(({ t }) => rises(t))) return null;
  const blocked = /* @__PURE__ */ new Map();
  return {
    ...problem,
    series: series.map((one) => {
      const block = one.t.length > longest ? blockSeries(one) : one;
      const t = one.t.length > longest ? blocked.get(one.t) ?? block.t : one.t;
      const isSame3 = t.every((value, i) => value === block.t[i]);
      if (isSame3) blocked.set(one.t, t);
      return isSame3 ? { ...block, t } : block;
    })
  };
}
function rises(t) {
  for (let i = 1; i < t.length; i++) if ((t[i] ?? 0) < (t[i - 1] ?? 0)) return false;
  return true;
}
function blockSeries(one) {
  const { t, u, weights } = one;
  const rows = [];
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
    total += su * su / sw;
    from = end;
  }
  return {
    ...one,
    spacing: null,
    total,
    t: Float64Array.from(rows, (row) => row.t),
    u: Float64Array.from(rows, (row) => row.u),
    weights: Float64Array.from(rows, (row) => row.weight)
  };
}

// src/core/fit/linearPart.ts
var slow = 0.25;
var run = 32;
function fillDecays({ t, spacing }, rate, into) {
  const n = t.length;
  if (rate < slow) {
    for (let i = 0; i < n; i++) into[i] = Math.expm1(-rate * (t[i] ?? 0));
  } else if (spacing === null) {
    for (let i = 0; i < n; i++) into[i] = Math.exp(-rate * (t[i] ?? 0)) - 1;
  } else {
    const factor = Math.exp(-rate * spacing);
    let decay2 = 1;
    for (let i = 0; i < n; i++) {
      decay2 = i % run === 0 ? Math.exp(-rate * (t[i] ?? 0)) : decay2 * factor;
      into[i] = decay2 - 1;
    }
  }
}
function linearPart(series, decays) {
  const { u, weights, weight: sw, total } = series;
  const n = u.length;
  let se = 0;
  for (let i = 0; i < n; i++) se += (weights[i] ?? 0) * (decays[i] ?? 0);
  const meanE = se / sw;
  let cee = 0;
  let ceu = 0;
  for (let i = 0; i < n; i++) {
    const e = (decays[i] ?? 0) - meanE;
    const we = (weights[i] ?? 0) * e;
    cee += we * e;
    ceu += we * (u[i] ?? 0);
  }
  if (!(cee > 0)) {
    return {
      limit: 0,
      amplitude: 0,
      ssr: total,
      limitVariance: 1 / sw,
      amplitudeVariance: 0,
      covariance: 0,
      isHeld: false,
      meanDecay: 1 + meanE
    };
  }
  const amplitude = ceu / cee;
  const limit = -amplitude * (1 + meanE);
  if (limit >= series.lower && limit <= series.upper) {
    return {
      limit,
      amplitude,
      ssr: Math.max(0, total - ceu * ceu / cee),
      limitVariance: 1 / sw + (1 + meanE) ** 2 / cee,
      amplitudeVariance: 1 / cee,
      covariance: -(1 + meanE) / cee,
      isHeld: false,
      meanDecay: 1 + meanE
    };
  }
  const held = Math.min(series.upper, Math.max(series.lower, limit));
  const eeRaw = cee + sw * (1 + meanE) ** 2;
  const euRaw = ceu - sw * (1 + meanE) * held;
  const heldAmplitude = euRaw / eeRaw;
  return {
    limit: held,
    amplitude: heldAmplitude,
    ssr: Math.max(0, total + sw * held ** 2 - euRaw * euRaw / eeRaw),
    limitVariance: 0,
    amplitudeVariance: 1 / eeRaw,
    covariance: 0,
    isHeld: true,
    meanDecay: 1 + meanE
  };
}
function residualSum({ u, weights }, decays, part) {
  const start = part.limit + part.amplitude;
  let sum = 0;
  for (let i = 0; i < u.length; i++) {
    const residual = (u[i] ?? 0) - start - part.amplitude * (decays[i] ?? 0);
    sum += (weights[i] ?? 0) * residual * residual;
  }
  return sum;
}
function rateDirection({ t, u, weights, weight: sw }, decays, part) {
  const n = t.length;
  const { limit, amplitude, isHeld } = part;
  const meanE = isHeld ? 0 : part.meanDecay;
  let sd = 0;
  let dd = 0;
  let ed = 0;
  let ee = 0;
  let dr = 0;
  for (let i = 0; i < n; i++) {
    const w = weights[i] ?? 0;
    const raw = 1 + (decays[i] ?? 0);
    const e = raw - meanE;
    const d = -(t[i] ?? 0) * raw;
    const wd = w * d;
    sd += wd;
    dd += wd * d;
    ed += wd * e;
    ee += w * e * e;
    dr += wd * ((u[i] ?? 0) - limit - amplitude * raw);
  }
  const ones = isHeld ? 0 : sd * sd / sw;
  const left = ee > 0 ? Math.max(0, dd - ones - ed * ed / ee) : 0;
  return { against: amplitude * dr, along: amplitude * amplitude * left };
}

// src/core/fit/scaledProblem.ts
function scaleProblem(inputs) {
  const kept = inputs.map(keepFinite);
  if (kept.length === 0) return { kind: "none", because: "there is no series" };
  const short = kept.find((one) => one.x.length < 3);
  if (short !== void 0) {
    return { kind: "none", because: `a curve needs at least 3 checkpoints and there ${count(short.x.length)}` };
  }
  let origin = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let unit = 0;
  for (const { x, y } of kept) {
    for (let i = 0; i < x.length; i++) {
      const at = x[i] ?? 0;
      const size = Math.abs(y[i] ?? 0);
      if (at < origin) origin = at;
      if (at > last) last = at;
      if (size > unit) unit = size;
    }
  }
  const span = last - origin;
  if (!(span > 0 && Number.isFinite(span)))
    return { kind: "none", because: "the checkpoints do not span a finite range" };
  if (unit === 0) return { kind: "none", because: "every value is 0" };
  const series = [];
  for (const one of kept) {
    const twin = kept.findIndex((other) => isSame(other.x, one.x));
    series.push(scaleSeries(one, origin, span, unit, series[twin]?.t ?? null));
  }
  if (series.every((one) => one.total === 0)) return { kind: "none", because: "the values do not change" };
  return { kind: "scaled", series, origin, span, spacing: medianSpacing(series), unit };
}
function isSame(a, b) {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
function count(n) {
  return n === 0 ? "are none" : n === 1 ? "is 1" : `are ${n}`;
}
function keepFinite(input) {
  const { x, y, weights: given } = input;
  const n = Math.min(x.length, y.length);
  const weights = new Float64Array(n);
  let usable = 0;
  for (let i = 0; i < n; i++) {
    const w = given === void 0 ? 1 : given[i] ?? 0;
    const isUsable = w > 0 && (x[i] ?? 0) - (x[i] ?? 0) === 0 && (y[i] ?? 0) - (y[i] ?? 0) === 0 && w - w === 0;
    if (isUsable) {
      weights[i] = w;
      usable++;
    }
  }
  if (usable === x.length) return { ...input, weights };
  const isKept = (_, i) => (weights[i] ?? 0) > 0;
  return { ...input, x: input.x.filter(isKept), y: input.y.filter(isKept), weights: weights.filter(isKept) };
}
function scaleSeries(one, origin, span, unit, sharedT) {
  const { x, y, weights } = one;
  const n = x.length;
  const t = sharedT ?? new Float64Array(n);
  const u = new Float64Array(n);
  let sw = 0;
  let sum = 0;
  let isConstant = true;
  const first = (y[0] ?? 0) / unit;
  for (let i = 0; i < n; i++) {
    const w = weights[i] ?? 0;
    const value = (y[i] ?? 0) / unit;
    if (sharedT === null) t[i] = ((x[i] ?? 0) - origin) / span;
    u[i] = value;
    sw += w;
    sum += w * value;
    if (value !== first) isConstant = false;
  }
  const centre = isConstant ? first : sum / sw;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const value = (u[i] ?? 0) - centre;
    u[i] = value;
    total += (weights[i] ?? 0) * value * value;
  }
  return {
    t,
    spacing: equalSpacing(t),
    u,
    weights,
    weight: sw,
    centre,
    lower: (one.limitRange?.lower ?? Number.NEGATIVE_INFINITY) / unit - centre,
    upper: (one.limitRange?.upper ?? Number.POSITIVE_INFINITY) / unit - centre,
    total
  };
}
function equalSpacing(t) {
  const first = t[0] ?? 0;
  const spacing = ((t.at(-1) ?? 0) - first) / (t.length - 1);
  for (let i = 1; i < t.length; i++) if (Math.abs((t[i] ?? 0) - first - i * spacing) > 1e-15) return null;
  return spacing > 0 ? spacing : null;
}
var mostSpacings = 4096;
function medianSpacing(series) {
  const [one] = series;
  if (one !== void 0 && one.spacing !== null && series.every(({ t }) => t === one.t)) return one.spacing;
  const spacings = [];
  for (const { t } of series) {
    const stride = Math.ceil(t.length / mostSpacings);
    for (let i = 1; i < t.length; i += stride) {
      const distance = Math.abs((t[i] ?? 0) - (t[i - 1] ?? 0));
      if (distance > 0) spacings.push(distance);
    }
  }
  spacings.sort((a, b) => a - b);
  return spacings[spacings.length >> 1] ?? 1;
}
function canonicalOrder({ series }) {
  return Array.from(series.keys()).sort((i, j) => {
    const [a, b] = [series[i], series[j]];
    if (a === void 0 || b === void 0) return 0;
    const known = a.total - b.total || a.centre - b.centre || a.t.length - b.t.length;
    if (known !== 0) return known;
    const differs = a.u.findIndex((value, k) => value !== b.u[k] || a.t[k] !== b.t[k]);
    return differs < 0 ? 0 : (a.u[differs] ?? 0) - (b.u[differs] ?? 0) || (a.t[differs] ?? 0) - (b.t[differs] ?? 0);
  });
}

// src/core/fit/sharedRateFit.ts
var gridNodes = 48;
function fitSharedRate(series, options = {}) {
  const problem = scaleProblem(series);
  if (problem.kind === "none") return problem;
  const { slowest, fastest } = rateBounds(problem, options);
  const order = canonicalOrder(problem);
  const sorted = { ...problem, series: order.flatMap((i) => problem.series[i] ?? []) };
  const blocks = blockProblem(sorted);
  const coarse = search(createSums(blocks ?? sorted), slowest, fastest);
  const sums = createSums(sorted);
  const rate = blocks === null ? coarse : polish(sums, coarse, slowest, fastest);
  return describe(problem, order, sums, rate, slowest, fastest);
}
function rateBounds(problem, options) {
  if (options.rateBounds !== void 0) {
    return { slowest: options.rateBounds.lower * problem.span, fastest: options.rateBounds.upper * problem.span };
  }
  return { slowest: 0.02, fastest: 8 / problem.spacing };
}
function createSums(problem) {
  const { series } = problem;
  const twins = series.map((one) => series.findIndex((other) => other.t === one.t));
  const own = series.map((one, j) => twins[j] === j ? new Float64Array(one.t.length) : null);
  const decays = twins.map((twin) => own[twin] ?? new Float64Array());
  const fill = (rate) => {
    series.forEach((one, j) => {
      const into = own[j];
      if (into !== null && into !== void 0) fillDecays(one, rate, into);
    });
  };
  const decaysOf = (j) => decays[j] ?? new Float64Array();
  return {
    problem,
    decays,
    parts: (rate) => {
      fill(rate);
      return series.map((one, j) => linearPart(one, decaysOf(j)));
    },
    sumOfSquares: (rate) => {
      fill(rate);
      let sum = 0;
      for (let j = 0; j < series.length; j++) {
        const one = series[j];
        if (one !== void 0) sum += linearPart(one, decaysOf(j)).ssr;
      }
      return sum;
    },
    step: (rate) => {
      fill(rate);
      let ssr = 0;
      let gradient = 0;
      let curvature = 0;
      for (let j = 0; j < series.length; j++) {
        const one = series[j];
        if (one === void 0) continue;
        const part = linearPart(one, decaysOf(j));
        const { against, along } = rateDirection(one, decaysOf(j), part);
        ssr += part.ssr;
        gradient += against;
        curvature += along;
      }
      return { ssr, change: curvature > 0 ? gradient / curvature : 0 };
    }
  };
}
function search(sums, slowest, fastest) {
  const logSlowest = Math.log(slowest);
  const step = (Math.log(fastest) - logSlowest) / (gridNodes - 1);
  let best = 0;
  let bestSsr = Number.POSITIVE_INFINITY;
  for (let node = 0; node < gridNodes; node++) {
    const ssr = sums.sumOfSquares(Math.exp(logSlowest + node * step));
    if (ssr < bestSsr) {
      best = node;
      bestSsr = ssr;
    }
  }
  const low = Math.exp(logSlowest + Math.max(0, best - 1) * step);
  const high = Math.exp(logSlowest + Math.min(gridNodes - 1, best + 1) * step);
  const polished = polish(sums, Math.exp(logSlowest + best * step), slowest, fastest);
  if (polished >= low && polished <= high && sums.sumOfSquares(polished) <= bestSsr) return polished;
  const golden = goldenSection((logRate) => sums.sumOfSquares(Math.exp(logRate)), Math.log(low), Math.log(high));
  return polish(sums, Math.exp(golden), slowest, fastest);
}
function goldenSection(f, from, to) {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let atLeft = f(left);
  let atRight = f(right);
  while (high - low > 1e-4) {
    if (atLeft <= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - ratio * (high - low);
      atLeft = f(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + ratio * (high - low);
      atRight = f(right);
    }
  }
  const ends = [
    [f(from), from],
    [f(to), to],
    [Math.min(atLeft, atRight), (low + high) / 2]
  ];
  return ends.reduce((a, b) => b[0] < a[0] ? b : a)[1];
}
function polish(sums, start, slowest, fastest) {
  const total = sums.problem.series.reduce((sum, series) => sum + series.total, 0);
  let rate = start;
  let here = sums.step(rate);
  let lastChange = 0;
  for (let iteration = 0; iteration < 14; iteration++) {
    const change = Math.min(0.2 * rate, Math.max(-0.2 * rate, here.change));
    const next = Math.min(fastest, Math.max(slowest, rate + change));
    const further = Math.abs(next - rate) * Math.min(1, Math.abs((next - rate) / lastChange));
    if (!(further > 1e-11 * rate)) return next;
    lastChange = next - rate;
    const there = sums.step(next);
    if (there.ssr > here.ssr * (1 + 1e-9) + 1e-14 * total) return rate;
    rate = next;
    here = there;
  }
  return rate;
}
function describe(problem, order, sums, rate, slowest, fastest) {
  const { unit } = problem;
  const parts = sums.parts(rate);
  const series = [];
  let n = 0;
  let left = 0;
  let curvature = 0;
  sums.problem.series.forEach((one, j) => {
    const part = parts[j];
    const decays = sums.decays[j];
    if (part === void 0 || decays === void 0) return;
    const ssr = residualSum(one, decays, part);
    n += one.t.length;
    left += ssr;
    curvature += rateDirection(one, decays, part).along;
    series[order[j] ?? j] = {
      limit: (part.limit + one.centre) * unit,
      amplitude: part.amplitude * unit,
      residual: Math.sqrt(ssr) * unit,
      r2: one.total > 0 ? 1 - ssr / one.total : null,
      n: one.t.length
    };
  });
  const dof = Math.max(1, n - 2 * series.length - 1);
  return {
    kind: "fitted",
    rate: rate / problem.span,
    origin: problem.origin,
    series,
    n,
    dof,
    rateStandardError: curvature > 0 ? Math.sqrt(left / dof / curvature) / rate : Number.POSITIVE_INFINITY,
    stoppedAt: rate <= slowest * (1 + 1e-9) ? "slow" : rate >= fastest * (1 - 1e-9) ? "fast" : "optimum",
    problem
  };
}

// src/core/forecast/figures.ts
function figure(value, width) {
  if (!Number.isFinite(value)) return "unbounded";
  const size = Math.abs(width) > 0 && Number.isFinite(width) ? Math.abs(width) : Math.abs(value) / 100;
  if (size === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 * size) return "0";
  if (magnitude >= 1e7 || magnitude < 1e-4)
    return value.toPrecision(Math.min(15, Math.max(3, 2 + Math.ceil(Math.log10(magnitude / size)))));
  const decimals = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(size))));
  return value.toFixed(decimals);
}
function percent(share2) {
  return `${Math.round(100 * share2)} %`;
}
function fromTo(lower, upper) {
  const width = upper - lower;
  const [low, high] = [figure(lower, width), figure(upper, width)];
  return low.startsWith("-") || high.startsWith("-") ? `${low} to ${high}` : `${low}\u2013${high}`;
}

// src/core/forecast/findJump.ts
var mostBlocks = 64;
function findJump(values) {
  const size = Math.ceil(values.length / mostBlocks);
  const y = size > 1 ? blockMeans(values, size) : values;
  const steps = Array.from(y.subarray(1), (value, i) => Math.abs(value - (y[i] ?? 0)));
  const range = y.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - y.reduce((a, b) => Math.min(a, b));
  if (!(range > 0 && Number.isFinite(range))) return null;
  let largest2 = null;
  for (let i = 2; i < steps.length; i++) {
    const step = steps[i] ?? 0;
    const around = [...steps.slice(Math.max(0, i - 3), i), ...steps.slice(i + 1, i + 4)].sort((a, b) => a - b);
    const middle = around.length / 2;
    const median2 = ((around[Math.floor(middle)] ?? 0) + (around[Math.ceil(middle) - 1] ?? around[Math.floor(middle)] ?? 0)) / 2;
    const isJump = step > 0.25 * range && step > 6 * median2 && step > 3 * (steps[i - 1] ?? 0);
    if (isJump && step / range > (largest2?.share ?? 0)) largest2 = { index: (i + 1) * size, share: step / range };
  }
  return largest2;
}
function blockMeans(values, size) {
  const means = new Float64Array(Math.floor(values.length / size));
  const from = values.length - means.length * size;
  for (let i = 0; i < means.length * size; i++) {
    const block = Math.floor(i / size);
    means[block] = (means[block] ?? 0) + (values[from + i] ?? 0) / size;
  }
  return means;
}

// src/core/forecast/forecastGrid.ts
var gridPoints = 40;
function forecastGrid(x, request) {
  if (request.at !== null) return request.at;
  const first = x[0];
  const last = x.at(-1);
  if (first === void 0 || last === void 0) return new Float64Array();
  const span = last - first;
  return Float64Array.from({ length: gridPoints }, (_, i) => last + span * i / (gridPoints - 1));
}

// src/core/fit/incompleteBeta.ts
var lanczos = [
  0.9999999999998099,
  676.5203681218851,
  -1259.1392167224028,
  771.3234287776531,
  -176.6150291621406,
  12.507343278686905,
  -0.13857109526572012,
  9984369578019572e-21,
  15056327351493116e-23
];
function logGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = lanczos[0];
  for (let i = 1; i < lanczos.length; i++) sum += (lanczos[i] ?? 0) / (x - 1 + i);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}
function incompleteBeta(x, a, b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  const away = (value) => Math.abs(value) < tiny ? tiny : value;
  let c = 1;
  let d = 1 / away(1 - (a + b) * x / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return front * fraction;
}

// src/core/fit/studentT.ts
function studentTCdf(t, dof) {
  const outside = incompleteBeta(dof / (dof + t * t), dof / 2, 0.5);
  return t > 0 ? 1 - outside / 2 : outside / 2;
}
function studentTQuantile(probability, dof) {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -studentTQuantile(1 - probability, dof);
  let low = -30;
  let high = 60;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (studentTCdf(Math.exp(middle), dof) < probability) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

// src/core/forecast/limitEstimate.ts
function estimateByMixture(posterior, request) {
  return {
    law: null,
    limit: posterior.limit(request.level),
    settling: posterior.settling(request.tolerance, request.level),
    progress: posterior.progress,
    fitted: (x) => x.map(posterior.mean),
    points: (at) => posterior.points(at, request.level)
  };
}
function estimateByLaw(input, law, request) {
  const terms = law.termsOf(input);
  if (terms === null) return null;
  const { fit, profile } = law;
  const { level, tolerance } = request;
  const sum = (of) => terms.reduce((total, term) => total + term.factor * of(term.series), 0);
  const limit = sum((series) => fit.series[series]?.limit ?? 0);
  const amplitude = sum((series) => fit.series[series]?.amplitude ?? 0);
  const curve = (x) => limit + amplitude * Math.exp(-fit.rate * (x - fit.origin));
  const noise = law.noise(terms) * studentTQuantile((1 + level) / 2, fit.dof);
  const first = input.x[0] ?? 0;
  const last = input.x.at(-1) ?? 0;
  const settles = profile.settling(first, tolerance, level);
  const lowest = input.range.lower ?? Number.NEGATIVE_INFINITY;
  const highest = input.range.upper ?? Number.POSITIVE_INFINITY;
  const bounds = profile.limit(terms, level);
  return {
    law,
    limit: {
      value: limit,
      lower: Math.min(limit, Math.max(lowest, bounds.lower)),
      upper: Math.max(limit, Math.min(highest, bounds.upper)),
      level
    },
    settling: Number.isFinite(settles.upper) ? { tolerance, x: first + Math.log(1 / tolerance) / fit.rate, ...settles } : null,
    progress: 1 - Math.exp(-fit.rate * (last - first)),
    fitted: (x) => x.map(curve),
    points: (at) => Array.from(at, (x) => {
      const y = Math.min(highest, Math.max(lowest, curve(x)));
      const ends = profile.curve(terms, x, level);
      return {
        x,
        y,
        lower: Math.max(lowest, y - Math.hypot(Math.max(0, y - ends.lower), noise)),
        upper: Math.min(highest, y + Math.hypot(Math.max(0, ends.upper - y), noise))
      };
    })
  };
}

// src/core/forecast/linearPrior.ts
var wholePrior = {
  blocks: "even",
  refinesPeaks: true,
  limitSpreads: [0.4, 1.2, 3],
  amplitudeSpread: 2
};
var recentPrior = {
  blocks: "finer at the end",
  refinesPeaks: false,
  limitSpreads: [3, 10],
  amplitudeSpread: 8
};

// src/core/fit/normal.ts
function normalCdf(z) {
  const a = Math.abs(z);
  if (a > 9) return z > 0 ? 1 : 0;
  return normalCdfAt(z, normalDensity(z));
}
function normalCdfAt(z, density) {
  const k = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  const tail = density * poly;
  return z > 0 ? 1 - tail : tail;
}
function normalDensity(z) {
  return 0.3989422804014327 * Math.exp(-0.5 * z * z);
}

// src/core/fit/normalMixture.ts
function mixtureQuantile(mixture, probability, lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY) {
  const under = lower === Number.NEGATIVE_INFINITY ? 0 : mixtureCdf(mixture, lower);
  const within = (upper === Number.POSITIVE_INFINITY ? 1 : mixtureCdf(mixture, upper)) - under;
  if (!(within > 1e-9)) {
    const middle = mixtureQuantile(mixture, 0.5);
    return Math.min(upper, Math.max(lower, middle));
  }
  const target = under + probability * within;
  const { weights, means, deviations } = mixture;
  let mean2 = 0;
  let square = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < weights.length; i++) {
    const m = means[i] ?? 0;
    const s = deviations[i] ?? 0;
    mean2 += (weights[i] ?? 0) * m;
    square += (weights[i] ?? 0) * (m * m + s * s);
    low = Math.min(low, m - 9 * s);
    high = Math.max(high, m + 9 * s);
  }
  const spread = Math.sqrt(Math.max(0, square - mean2 * mean2));
  if (!(spread > 0)) return Math.min(upper, Math.max(lower, mean2));
  let value = Math.min(high, Math.max(low, mean2 + (target < 0.25 ? -1.5 : target > 0.75 ? 1.5 : 0) * spread));
  for (let iteration = 0; iteration < 60; iteration++) {
    let cdf = 0;
    let density = 0;
    for (let i = 0; i < weights.length; i++) {
      const s = deviations[i] ?? 0;
      const z = (value - (means[i] ?? 0)) / s;
      const w = weights[i] ?? 0;
      if (z > 7) cdf += w;
      else if (z > -7) {
        const height = normalDensity(z);
        cdf += w * normalCdfAt(z, height);
        density += w / s * height;
      }
    }
    const miss = cdf - target;
    if (miss > 0) high = value;
    else low = value;
    const newton = value - miss / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - value) < 1e-5 * spread) return Math.min(upper, Math.max(lower, next));
    value = next;
  }
  return Math.min(upper, Math.max(lower, value));
}
function mixtureCdf({ weights, means, deviations }, value) {
  let cdf = 0;
  for (let i = 0; i < weights.length; i++) {
    cdf += (weights[i] ?? 0) * normalCdf((value - (means[i] ?? 0)) / (deviations[i] ?? 1));
  }
  return cdf;
}

// src/core/forecast/noisePrior.ts
var noiseStrength = 2;
var noiseSize = 0.02;

// src/core/forecast/gridComponents.ts
var noiseFactors = 7;
var droppedShare = 0.01;
function addComponents(into, node, structure, n, { limitSpreads, amplitudeSpread }) {
  const amplitudeVariance = amplitudeSpread * amplitudeSpread;
  const q = 1 / Math.sqrt(Math.max(n - 2, 1) + noiseStrength);
  const from = -1.6 * q;
  const step = (Math.min(3.2 * q, 2.5) - from) / (noiseFactors - 1);
  const base = Math.log(node.candidate.prior * structure.prior) - 0.5 * structure.logDeterminant;
  const logSize = Math.log(node.size);
  for (const spread of limitSpreads) {
    let best = Number.NEGATIVE_INFINITY;
    for (let factor = 0; factor < noiseFactors; factor++) {
      const logS2 = 2 * (logSize + from + step * factor);
      const s2 = Math.exp(logS2);
      const h11 = node.a11 / s2 + 1 / (spread * spread);
      const h12 = node.isConstant ? 0 : node.a12 / s2;
      const h22 = node.isConstant ? 1 : node.a22 / s2 + 1 / amplitudeVariance;
      const determinant = h11 * h22 - h12 * h12;
      const c1 = node.b1 / s2;
      const c2 = node.isConstant ? 0 : node.b2 / s2;
      const m1 = (h22 * c1 - h12 * c2) / determinant;
      const m2 = (h11 * c2 - h12 * c1) / determinant;
      const log = base - 0.5 * (n * logS2 + node.zz / s2 - m1 * c1 - m2 * c2 + Math.log(determinant * spread * spread)) - (node.isConstant ? 0 : 0.5 * Math.log(amplitudeVariance)) - 0.5 * noiseStrength * (logS2 + noiseSize * noiseSize / s2);
      const at = factor * rowLength;
      scratch[at] = log;
      scratch[at + 1] = s2;
      scratch[at + 2] = m1;
      scratch[at + 3] = m2;
      scratch[at + 4] = h22 / determinant;
      scratch[at + 5] = -h12 / determinant;
      scratch[at + 6] = h11 / determinant;
      if (log > best) best = log;
    }
    const one = collapse(node, best);
    const before = into.at(-1);
    if (before?.node === node && areAlike(before, one)) into[into.length - 1] = merge(before, one);
    else into.push(one);
  }
}
function areAlike(a, b) {
  return Math.abs(a.m1 - b.m1) <= 0.1 * Math.sqrt(a.q11) && b.q11 <= 1.2 * a.q11;
}
function merge(a, b) {
  const most2 = Math.max(a.logWeight, b.logWeight);
  const total = Math.exp(a.logWeight - most2) + Math.exp(b.logWeight - most2);
  const share2 = Math.exp(b.logWeight - most2) / total;
  const mix = (of, to) => of + share2 * (to - of);
  const [d1, d2] = [b.m1 - a.m1, b.m2 - a.m2];
  const apart = share2 * (1 - share2);
  return {
    node: a.node,
    logWeight: most2 + Math.log(total),
    s2: mix(a.s2, b.s2),
    m1: mix(a.m1, b.m1),
    m2: mix(a.m2, b.m2),
    q11: mix(a.q11, b.q11) + apart * d1 * d1,
    q12: mix(a.q12, b.q12) + apart * d1 * d2,
    q22: mix(a.q22, b.q22) + apart * d2 * d2
  };
}
var rowLength = 7;
var scratch = new Float64Array(noiseFactors * rowLength);
function collapse(node, best) {
  let total = 0;
  let s2 = 0;
  let m1 = 0;
  let m2 = 0;
  let q11 = 0;
  let q12 = 0;
  let q22 = 0;
  for (let at = 0; at < scratch.length; at += rowLength) {
    const weight = Math.exp((scratch[at] ?? 0) - best);
    const a = scratch[at + 2] ?? 0;
    const b = scratch[at + 3] ?? 0;
    total += weight;
    s2 += weight * (scratch[at + 1] ?? 0);
    m1 += weight * a;
    m2 += weight * b;
    q11 += weight * ((scratch[at + 4] ?? 0) + a * a);
    q12 += weight * ((scratch[at + 5] ?? 0) + a * b);
    q22 += weight * ((scratch[at + 6] ?? 0) + b * b);
  }
  m1 /= total;
  m2 /= total;
  return {
    node,
    logWeight: best + Math.log(total),
    s2: s2 / total,
    m1,
    m2,
    q11: Math.max(0, q11 / total - m1 * m1),
    q12: q12 / total - m1 * m2,
    q22: Math.max(0, q22 / total - m2 * m2)
  };
}
function normalise(components) {
  const best = components.reduce((most2, one) => Math.max(most2, one.logWeight), Number.NEGATIVE_INFINITY);
  const raw = Float64Array.from(components, (one) => Math.exp(one.logWeight - best));
  const total = raw.reduce((sum2, weight) => sum2 + weight, 0);
  const rising = raw.filter((weight) => weight > 1e-9).sort();
  let dropped = 0;
  let threshold = 0;
  for (const weight of rising) {
    dropped += weight;
    if (dropped > droppedShare * total) break;
    threshold = weight;
  }
  const kept = components.filter((_, i) => (raw[i] ?? 0) > threshold);
  const left = raw.filter((weight) => weight > threshold);
  const sum = left.reduce((a, b) => a + b, 0);
  return { kept, weights: left.map((weight) => weight / sum) };
}

// src/core/forecast/gridNode.ts
function whitenData(structure, noise, u) {
  const one = new Float64Array(u.length);
  const data = new Float64Array(u.length);
  const carriedOne = structure.whiten(new Float64Array(u.length).fill(1), 0, one);
  const carriedData = structure.whiten(u, 0, data);
  return { noise, structure, one, data, carriedOne, carriedData };
}
function sumUp(candidates, whitened, into) {
  const { structure, one, data, noise } = whitened;
  const n = one.length;
  const shape = new Float64Array(n);
  let a11 = 0;
  let b1 = 0;
  let zz = 0;
  for (let i = 0; i < n; i++) {
    const o = one[i] ?? 0;
    const d = data[i] ?? 0;
    a11 += o * o;
    b1 += o * d;
    zz += d * d;
  }
  const strength = Math.max(n - 2, 1) + noiseStrength;
  const prior = noiseStrength * noiseSize * noiseSize;
  for (const candidate of candidates) {
    const isConstant = candidate.family === null;
    const carried = isConstant ? 0 : structure.whiten(candidate.values, 0, shape);
    let a12 = 0;
    let a22 = 0;
    let b2 = 0;
    if (!isConstant) {
      for (let i = 0; i < n; i++) {
        const p = shape[i] ?? 0;
        a12 += (one[i] ?? 0) * p;
        a22 += p * p;
        b2 += p * (data[i] ?? 0);
      }
    }
    const spread = a22 - a12 * a12 / a11;
    const amplitude = isConstant || !(spread > 1e-12 * a22) ? 0 : (b2 - a12 * b1 / a11) / spread;
    const leftover = Math.max(0, zz - b1 * b1 / a11 - amplitude * amplitude * Math.max(0, spread)) + prior;
    into.push({
      candidate,
      noise,
      isConstant,
      a11,
      a12,
      a22,
      b1,
      b2,
      zz,
      carried,
      size: Math.sqrt(leftover / strength),
      score: -0.5 * strength * Math.log(leftover) - 0.5 * structure.logDeterminant + Math.log(candidate.prior * structure.prior)
    });
  }
}

// src/core/fit/shapeParameter.ts
function toCoordinate({ kind }, value) {
  if (kind === "free") return value;
  return kind === "share" ? Math.log(value / (1 - value)) : Math.log(value);
}
function fromCoordinate({ kind }, coordinate) {
  if (kind === "free") return coordinate;
  return kind === "share" ? 1 / (1 + Math.exp(-coordinate)) : Math.exp(coordinate);
}

// src/core/fit/smallMatrix.ts
var smallestPivot = 1e-14;
function solveSmall(a, b) {
  const lower = lowerTriangle(a);
  if (lower === null) return null;
  const at = (i, j) => lower[i]?.[j] ?? 0;
  const x = [...b];
  for (let i = 0; i < x.length; i++) {
    let sum = x[i] ?? 0;
    for (let j = 0; j < i; j++) sum -= at(i, j) * (x[j] ?? 0);
    x[i] = sum / at(i, i);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let j = i + 1; j < x.length; j++) sum -= at(j, i) * (x[j] ?? 0);
    x[i] = sum / at(i, i);
  }
  return x;
}
function invertSmall(a) {
  const columns = [];
  for (let i = 0; i < a.length; i++) {
    const column = solveSmall(
      a,
      a.map((_, row) => row === i ? 1 : 0)
    );
    if (column === null) return null;
    columns.push(column);
  }
  return columns;
}
function lowerTriangle(a) {
  const lower = a.map((row) => row.map(() => 0));
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (lower[j]?.[k] ?? 0);
      if (i === j) {
        if (!(sum > smallestPivot * Math.abs(a[i]?.[i] ?? 0))) return null;
        row[j] = Math.sqrt(sum);
      } else row[j] = sum / (lower[j]?.[j] ?? 1);
    }
  }
  return lower;
}

// src/core/forecast/refinePeaks.ts
var hopelessBelow = 150;
var climbSteps = 12;
var lattices = [
  { reach: 12, distance: 0.33 },
  { reach: 5, distance: 0.75 },
  { reach: 3, distance: 1.1 }
];
var wider = 1.25;
function refinePeaks(nodes, curve, whitened, control) {
  const peaks = /* @__PURE__ */ new Map();
  const keyOf = ({ candidate, noise }) => `${noise} ${candidate.family?.name ?? ""}`;
  let best = Number.NEGATIVE_INFINITY;
  for (const node of nodes) {
    if (node.score > (peaks.get(keyOf(node))?.score ?? Number.NEGATIVE_INFINITY)) peaks.set(keyOf(node), node);
    best = Math.max(best, node.score);
  }
  const gone = /* @__PURE__ */ new Set();
  const finer = [];
  for (const [key, peak] of peaks) {
    control.check();
    const { family } = peak.candidate;
    const one = whitened[peak.noise];
    if (family === null || one === void 0 || peak.score < best - hopelessBelow) continue;
    const lattice = refine(family, peak, curve, one);
    if (lattice === null) continue;
    gone.add(key);
    finer.push(...lattice);
  }
  return gone.size === 0 ? nodes : [...nodes.filter((node) => !gone.has(keyOf(node))), ...finer];
}
function refine(family, peak, curve, whitened) {
  const box = boxOf(family);
  let at = family.parameters.map((parameter, k) => toCoordinate(parameter, peak.candidate.shape[k] ?? 1));
  let slope = slopeAt(family, at, curve, whitened);
  const isNarrow = family.steps.some((step, k) => (slope.curvature[k]?.[k] ?? 0) * step * step > 1);
  if (!isNarrow) return null;
  let damping = 1e-3;
  for (let i = 0; i < climbSteps; i++) {
    const damped = slope.curvature.map((row, j) => row.map((value, k) => j === k ? value * (1 + damping) : value));
    const step = solveSmall(damped, slope.gradient);
    if (step === null) break;
    const next = at.map((value, k) => {
      const most2 = family.steps[k] ?? 1;
      const { low, high } = box[k] ?? { low: value, high: value };
      return Math.min(high, Math.max(low, value + Math.min(most2, Math.max(-most2, step[k] ?? 0))));
    });
    const there = slopeAt(family, next, curve, whitened);
    if (there.leftover < slope.leftover) {
      const gained = slope.leftover - there.leftover;
      [at, slope, damping] = [next, there, damping / 4];
      if (gained < 1e-6 * slope.leftover) break;
    } else damping *= 8;
    if (damping > 1e6) break;
  }
  const bounded = slope.curvature.map(
    (row, j) => row.map((value, k) => j === k ? value + 9 / ((box[k]?.high ?? 1) - (box[k]?.low ?? 0)) ** 2 : value)
  );
  const covariance = invertSmall(bounded);
  if (covariance === null) return null;
  const prior = peak.candidate.prior * family.shapes.length;
  const first = lay(family, at, covariance, prior, curve, whitened);
  const [mean2, spread] = momentsOf(family, first);
  if (mean2 === null || spread === null) return first.length > 0 ? first : null;
  const second = lay(
    family,
    mean2,
    spread.map((row) => row.map((value) => value * wider * wider)),
    prior,
    curve,
    whitened
  );
  return second.length > 0 ? second : first;
}
function slopeAt(family, at, curve, { structure, one, data }) {
  const n = one.length;
  const whiten = (values) => {
    const into = new Float64Array(n);
    structure.whiten(values, 0, into);
    return into;
  };
  const decayAt = (coordinates) => {
    const shape = shapeAt(family, coordinates);
    return whiten(curve.average((t) => family.decay(t, shape)));
  };
  const phi = decayAt(at);
  const level = one.map((value) => value / Math.sqrt(dot(one, one)));
  const bent = without(phi, level);
  const size = Math.sqrt(dot(bent, bent));
  const amplitude = size > 0 ? dot(bent, data) / (size * size) : 0;
  const direction = size > 0 ? bent.map((value) => value / size) : bent;
  const rest = without(without(data, level), direction);
  const columns = at.map((value, k) => {
    const distance = 1e-4;
    const shifted = (by) => decayAt(at.map((one2, j) => j === k ? value + by : one2));
    const [up, down] = [shifted(distance), shifted(-distance)];
    const column = up.map((one2, i) => amplitude * (one2 - (down[i] ?? 0)) / (2 * distance));
    return without(without(column, level), direction);
  });
  const leftover = dot(rest, rest) + noiseStrength * noiseSize * noiseSize;
  const precision = (Math.max(n - 2, 1) + noiseStrength) / leftover;
  return {
    leftover,
    gradient: columns.map((column) => precision * dot(column, rest)),
    curvature: columns.map((a) => columns.map((b) => precision * dot(a, b)))
  };
}
function lay(family, centre, covariance, prior, curve, whitened) {
  const axes = lowerTriangle(covariance);
  const lattice = lattices[Math.min(lattices.length, centre.length) - 1];
  if (axes === null || lattice === void 0) return [];
  const box = boxOf(family);
  const { reach, distance } = lattice;
  const volume = axes.reduce((product, row, k) => {
    const { low, high } = box[k] ?? { low: 0, high: 1 };
    return product * (row[k] ?? 0) * distance / (high - low);
  }, 1);
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * distance);
  const offsets = centre.reduce(
    (partial) => partial.flatMap((start) => places.map((place) => [...start, place])),
    [[]]
  );
  const nodes = [];
  const candidates = offsets.flatMap((offset) => {
    const at = centre.map((value, j) => offset.reduce((sum, place, k) => sum + place * (axes[j]?.[k] ?? 0), value));
    const isWithin = at.every((value, k) => {
      const { low, high } = box[k] ?? { low: value, high: value };
      return value >= low && value <= high;
    });
    if (!isWithin) return [];
    const shape = shapeAt(family, at);
    return [{ family, shape, prior: prior * volume, values: curve.average((t) => family.decay(t, shape)) }];
  });
  sumUp(candidates, whitened, nodes);
  return nodes;
}
function momentsOf(family, nodes) {
  const best = nodes.reduce((most2, node) => Math.max(most2, node.score), Number.NEGATIVE_INFINITY);
  const weighed = nodes.map((node) => ({
    weight: Math.exp(node.score - best),
    at: family.parameters.map((parameter, k) => toCoordinate(parameter, node.candidate.shape[k] ?? 1))
  }));
  const total = weighed.reduce((sum, one) => sum + one.weight, 0);
  const mean2 = family.parameters.map(
    (_, k) => weighed.reduce((sum, { weight, at }) => sum + weight * (at[k] ?? 0), 0) / total
  );
  const covariance = mean2.map(
    (middle, j) => mean2.map(
      (other, k) => weighed.reduce((sum, { weight, at }) => sum + weight * ((at[j] ?? 0) - middle) * ((at[k] ?? 0) - other), 0) / total
    )
  );
  return lowerTriangle(covariance) === null ? [null, null] : [mean2, covariance];
}
var boxes = /* @__PURE__ */ new WeakMap();
function boxOf(family) {
  const known = boxes.get(family);
  if (known !== void 0) return known;
  const box = family.parameters.map((parameter, k) => {
    const places = family.shapes.map((shape) => toCoordinate(parameter, shape[k] ?? 1));
    const half = (family.steps[k] ?? 0) / 2;
    return { low: Math.min(...places) - half, high: Math.max(...places) + half };
  });
  boxes.set(family, box);
  return box;
}
function shapeAt(family, coordinates) {
  return family.parameters.map((parameter, k) => fromCoordinate(parameter, coordinates[k] ?? 0));
}
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
function without(values, direction) {
  const share2 = dot(values, direction);
  return values.map((value, i) => value - share2 * (direction[i] ?? 0));
}

// src/core/forecast/gridPosterior.ts
var prunedBelow = 9;
function gridPosterior(curve, prior, designs, control) {
  const n = curve.t.length;
  const design = designs.for(curve);
  const { structures } = design;
  const whitened = structures.map((structure, noise) => whitenData(structure, noise, curve.u));
  const nodes = [];
  for (const one of whitened) {
    control.check();
    sumUp(design.candidates, one, nodes);
  }
  const refined = prior.refinesPeaks ? refinePeaks(nodes, curve, whitened, control) : nodes;
  const bestScore = refined.reduce((best, node) => Math.max(best, node.score), Number.NEGATIVE_INFINITY);
  const components = [];
  for (const node of refined) {
    if (node.score < bestScore - prunedBelow) continue;
    const structure = structures[node.noise];
    if (structure !== void 0) addComponents(components, node, structure, n, prior);
  }
  control.check();
  const { kept, weights } = normalise(components);
  const linkTo = (t, variance) => whitened.map((one) => linkUp(one, t, variance(one.structure)));
  const predict = (links, rows, decayOf) => {
    const chosen = Array.from(rows);
    const total = chosen.reduce((sum, row) => sum + (weights[row] ?? 0), 0);
    const mixture = {
      weights: Float64Array.from(chosen, (row) => (weights[row] ?? 0) / total),
      means: new Float64Array(chosen.length),
      deviations: new Float64Array(chosen.length)
    };
    let lastNode = null;
    let fphi = 0;
    chosen.forEach((row, i) => {
      const one = kept[row];
      const link = one === void 0 ? void 0 : links[one.node.noise];
      if (one === void 0 || link === void 0) return;
      if (one.node !== lastNode) {
        lastNode = one.node;
        fphi = one.node.isConstant ? 0 : decayOf(one.node.candidate) - link.of(one.node);
      }
      mixture.means[i] = link.f0 + one.m1 * link.f1 + one.m2 * fphi;
      const variance = one.s2 * link.left + link.f1 * link.f1 * one.q11 + 2 * link.f1 * fphi * one.q12 + fphi * fphi * one.q22;
      mixture.deviations[i] = Math.sqrt(Math.max(1e-24, variance));
    });
    return mixture;
  };
  return {
    shapes: gatherShapes(kept, weights),
    noiseWeights: structures.map(
      (_, noise) => kept.reduce((sum, one, i) => sum + (one.node.noise === noise ? weights[i] ?? 0 : 0), 0)
    ),
    limit: (family) => {
      const rows = Array.from(kept.keys()).filter(
        (row) => family === void 0 || kept[row]?.node.candidate.family === family
      );
      const links = linkTo(2, (structure) => 2 * structure.walk * (1 / curve.spacing + 1));
      return predict(links, rows, () => 0);
    },
    at: (t) => predict(
      linkTo(t, (structure) => structure.variance(t)),
      kept.keys(),
      ({ family, shape }) => family?.decay(Math.max(0, t), shape) ?? 0
    )
  };
}
function linkUp({ structure, one, data, carriedOne, carriedData }, t, variance) {
  if (t >= 1) {
    const reach = structure.reach(t);
    return {
      of: (node) => reach * node.carried,
      f0: reach * carriedData,
      f1: 1 - reach * carriedOne,
      left: Math.max(0, variance - reach * reach * structure.carriedVariance)
    };
  }
  const k = new Float64Array(one.length);
  structure.whiten(structure.covariance(t), 0, k);
  const shape = new Float64Array(one.length);
  return {
    of: (node) => {
      structure.whiten(node.candidate.values, 0, shape);
      return dot2(k, shape);
    },
    f0: dot2(k, data),
    f1: 1 - dot2(k, one),
    left: Math.max(0, variance - dot2(k, k))
  };
}
function dot2(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
function gatherShapes(kept, weights) {
  const sums = /* @__PURE__ */ new Map();
  kept.forEach((one, i) => {
    const weight = weights[i] ?? 0;
    const sum = sums.get(one.node.candidate) ?? { weight: 0, limit: 0, amplitude: 0 };
    sum.weight += weight;
    sum.limit += weight * one.m1;
    sum.amplitude += weight * one.m2;
    sums.set(one.node.candidate, sum);
  });
  return Array.from(sums, ([{ family, shape }, sum]) => ({
    family,
    shape,
    weight: sum.weight,
    limit: sum.limit / sum.weight,
    amplitude: sum.amplitude / sum.weight
  })).sort((a, b) => b.weight - a.weight);
}

// src/core/forecast/scaledCurve.ts
var largest = 1e305;
var smallest = 1e-305;
var mostBlocks2 = 64;
var singleBlocks = 32;
function scaleCurve(x, y, standardErrors, kind) {
  const n = x.length;
  const sizes = n <= mostBlocks2 ? new Array(n).fill(1) : kind === "even" ? evenSizes(n) : growingSizes(n);
  const blocks = sizes.length;
  const bx = new Float64Array(blocks);
  const by = new Float64Array(blocks);
  const noise = new Float64Array(blocks);
  const unit = y.reduce((most2, value) => Math.max(most2, Math.abs(value)), 0);
  const errors = relativeVariances(n, standardErrors);
  const halfWidths = new Float64Array(blocks);
  let row = 0;
  sizes.forEach((size, block) => {
    halfWidths[block] = ((x[row + size - 1] ?? 0) - (x[row] ?? 0)) / 2;
    for (let i = 0; i < size; i++, row++) {
      bx[block] = (bx[block] ?? 0) + (x[row] ?? 0) / size;
      by[block] = (by[block] ?? 0) + (y[row] ?? 0) / unit / size;
      noise[block] = (noise[block] ?? 0) + (errors[row] ?? 1) / (size * size);
    }
  });
  const first = x[0] ?? 0;
  const span = (x[n - 1] ?? 0) - first;
  const range = Math.max(...by) - Math.min(...by);
  const isTold = unit > smallest && unit < largest && span > 0 && Number.isFinite(span) && range > 1e-13;
  if (!isTold) return null;
  const recent = blocks < n ? Math.max(1, Math.round(blocks / 10)) : 1;
  const ref = by.subarray(blocks - recent).reduce((sum, value) => sum + value, 0) / recent;
  const t = bx.map((value) => (value - first) / span);
  const spacings = Array.from(t.subarray(1), (value, i) => value - (t[i] ?? 0)).sort((a, b) => a - b);
  return {
    t,
    u: by.map((value) => (value - ref) / range),
    noise,
    spacing: spacings[spacings.length >> 1] ?? 1,
    average: (of) => t.map((at, block) => {
      const half = (halfWidths[block] ?? 0) / span;
      if (half === 0) return of(at);
      const aside = half * Math.sqrt(0.6);
      return (5 * of(Math.max(0, at - aside)) + 8 * of(at) + 5 * of(at + aside)) / 18;
    }),
    toT: (at) => (at - first) / span,
    toX: (at) => first + at * span,
    toY: (u) => (ref + u * range) * unit,
    toU: (value) => (value / unit - ref) / range
  };
}
function relativeVariances(n, standardErrors) {
  const ones = new Float64Array(n).fill(1);
  if (standardErrors === void 0 || standardErrors.length !== n) return ones;
  if (!standardErrors.every((error2) => error2 > 0 && Number.isFinite(error2))) return ones;
  const mean2 = standardErrors.reduce((sum, error2) => sum + error2 * error2, 0) / n;
  return standardErrors.map((error2) => error2 * error2 / mean2);
}
function evenSizes(n) {
  return Array.from(
    { length: mostBlocks2 },
    (_, block) => Math.floor((block + 1) * n / mostBlocks2) - Math.floor(block * n / mostBlocks2)
  );
}
function growingSizes(n) {
  const older = n - singleBlocks;
  const grown = mostBlocks2 - singleBlocks;
  let low = 1;
  let high = 2;
  const ends = (ratio) => (ratio ** (grown + 1) - ratio) / (ratio - 1);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (ends(middle) < older) low = middle;
    else high = middle;
  }
  const sizes = new Array(singleBlocks).fill(1);
  let taken = 0;
  for (let block = 1; block <= grown && taken < older; block++) {
    const end = block === grown ? older : Math.min(older, Math.max(taken + 1, Math.round((high ** (block + 1) - high) / (high - 1))));
    sizes.push(end - taken);
    taken = end;
  }
  return sizes.reverse();
}

// src/core/forecast/seriesPosterior.ts
var knots = 11;
var manyValues = 400;
var furthestSettling = 50;
var furthestLateEnd = 1e4;
function seriesPosterior(input, prior, designs, control) {
  const curve = scaleCurve(input.x, input.y, input.standardErrors, prior.blocks);
  if (curve === null) return null;
  const posterior = gridPosterior(curve, prior, designs, control);
  const widen = 1 + 3 / input.x.length;
  const lower = curve.toU(input.range.lower ?? Number.NEGATIVE_INFINITY);
  const upper = curve.toU(input.range.upper ?? Number.POSITIVE_INFINITY);
  const band = (mixture, level) => {
    const middle = mixtureQuantile(mixture, 0.5, lower, upper);
    const low = mixtureQuantile(mixture, (1 - level) / 2, lower, upper);
    const high = mixtureQuantile(mixture, (1 + level) / 2, lower, upper);
    return [
      middle,
      Math.max(lower, middle - widen * (middle - low)),
      Math.min(upper, middle + widen * (high - middle))
    ];
  };
  const mean2 = (x) => {
    const t = Math.max(0, curve.toT(x));
    let sum = 0;
    for (const one of posterior.shapes) {
      sum += one.weight * (one.limit + (one.family === null ? 0 : one.amplitude * one.family.decay(t, one.shape)));
    }
    return curve.toY(sum);
  };
  const moving = posterior.shapes.filter((one) => one.family !== null);
  const movingWeight = moving.reduce((sum, one) => sum + one.weight, 0);
  return {
    models: weighModels(posterior, curve, lower, upper),
    constant: 1 - movingWeight,
    limit: (level) => {
      const [middle, low, high] = band(posterior.limit(), level);
      return { value: curve.toY(middle), lower: curve.toY(low), upper: curve.toY(high), level };
    },
    points: (at, level) => {
      const bandAt = at.length > knots && Array.from(at).every((x) => curve.toT(x) >= 1) ? interpolated : exact;
      return bandAt(at, (t) => band(posterior.at(t), level), curve, control);
    },
    medians: (at) => at.map((x) => {
      control.check();
      return curve.toY(mixtureQuantile(posterior.at(curve.toT(x)), 0.5, lower, upper));
    }),
    settling: (tolerance, level) => {
      const times = moving.map((one) => ({ weight: one.weight, t: one.family?.settlesAt(tolerance, one.shape) ?? 0 })).sort((a, b) => a.t - b.t);
      const quantile = (probability) => {
        let sum = 0;
        for (const { weight, t } of times) {
          sum += weight;
          if (sum >= probability * movingWeight) return t;
        }
        return times.at(-1)?.t ?? Number.POSITIVE_INFINITY;
      };
      const [low, middle, high] = [quantile((1 - level) / 2), quantile(0.5), quantile((1 + level) / 2)];
      if (!(middle < furthestSettling && high < furthestLateEnd)) return null;
      return { tolerance, x: curve.toX(middle), lower: curve.toX(low), upper: curve.toX(high) };
    },
    // On request, because the posteriors of parts of a run are asked for points alone.
    get fitted() {
      return input.x.length > manyValues ? meanByKnots(input.x, mean2, curve) : input.x.map(mean2);
    },
    mean: mean2,
    progress: movingWeight > 0 ? moving.reduce((sum, one) => sum + one.weight * (1 - (one.family?.decay(1, one.shape) ?? 0)), 0) / movingWeight : 1
  };
}
function weighModels(posterior, curve, lower, upper) {
  const families = /* @__PURE__ */ new Map();
  for (const { family, weight } of posterior.shapes) {
    const name = family?.name ?? "constant";
    families.set(name, { family, weight: (families.get(name)?.weight ?? 0) + weight });
  }
  return Array.from(families, ([name, { family, weight }]) => ({
    name,
    weight,
    limit: curve.toY(mixtureQuantile(posterior.limit(family), 0.5, lower, upper))
  })).sort((a, b) => b.weight - a.weight);
}
function exact(at, bandAt, curve, control) {
  return Array.from(at, (x) => {
    control.check();
    return toPoint(x, bandAt(curve.toT(x)), curve);
  });
}
function interpolated(at, bandAt, curve, control) {
  const reach = Math.max(1e-12, at.reduce((most2, x) => Math.max(most2, curve.toT(x)), 1) - 1);
  const bands = Array.from({ length: knots }, (_, i) => {
    control.check();
    return bandAt(1 + reach * (i / (knots - 1)) ** 2);
  });
  return Array.from(at, (x) => {
    const place = Math.sqrt(Math.max(0, curve.toT(x) - 1) / reach) * (knots - 1);
    const left = Math.min(knots - 2, Math.floor(place));
    const between = (row) => cubic(
      [left - 1, left, left + 1, left + 2].map((i) => bands[Math.min(knots - 1, Math.max(0, i))]?.[row] ?? 0),
      place - left
    );
    const middle = between(0);
    return toPoint(x, [middle, Math.min(middle, between(1)), Math.max(middle, between(2))], curve);
  });
}
function meanByKnots(x, mean2, curve) {
  const [first = 0, reach] = [x[0], 1 - curve.toT(x[0] ?? 0)];
  const start = curve.toT(first);
  const values = Float64Array.from(
    { length: manyValues + 1 },
    (_, i) => mean2(curve.toX(start + reach * (i / manyValues) ** 3))
  );
  return x.map((at) => {
    const place = Math.cbrt(Math.max(0, curve.toT(at) - start) / reach) * manyValues;
    const left = Math.min(manyValues - 1, Math.floor(place));
    const knot = (i) => values[Math.min(manyValues, Math.max(0, i))] ?? 0;
    return cubic([knot(left - 1), knot(left), knot(left + 1), knot(left + 2)], place - left);
  });
}
function cubic([a = 0, b = 0, c = 0, d = 0], at) {
  return b + 0.5 * at * (c - a + at * (2 * a - 5 * b + 4 * c - d + at * (3 * (b - c) + d - a)));
}
function toPoint(x, [middle, low, high], curve) {
  return { x, y: curve.toY(middle), lower: curve.toY(low), upper: curve.toY(high) };
}

// src/core/forecast/widestLimit.ts
var widestShare = 0.5;
function isBounded(limit, range) {
  return Number.isFinite(limit.lower) && Number.isFinite(limit.upper) && limit.upper - limit.lower <= widestShare * range;
}

// src/core/forecast/moreCheckpoints.ts
function moreCheckpoints(input, posterior, request, designs, control) {
  const n = input.x.length;
  const last = input.x[n - 1] ?? 0;
  const spacing = (last - (input.x[0] ?? 0)) / (n - 1);
  const isEnough = (added) => {
    control.check();
    const x = Float64Array.from(
      { length: n + added },
      (_, i) => i < n ? input.x[i] ?? 0 : last + (i - n + 1) * spacing
    );
    const y = x.map((at, i) => i < n ? input.y[i] ?? 0 : posterior.mean(at));
    const { name, role, direction, range } = input;
    const longer = seriesPosterior({ name, role, direction, range, x, y }, wholePrior, designs, control);
    const covered = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
    return longer !== null && isBounded(longer.limit(request.level), covered);
  };
  const half = Math.ceil(n / 2);
  const quarter = Math.ceil(n / 4);
  if (isEnough(half)) return isEnough(quarter) ? quarter : half;
  return isEnough(n) ? n : 3 * n;
}

// src/core/forecast/standStill.ts
function standStill(input, request, standing) {
  const { x, y } = input;
  return {
    name: input.name,
    role: input.role,
    direction: input.direction,
    n: y.length,
    r2: null,
    limit: null,
    settling: null,
    models: [],
    fitted: Float64Array.from(y),
    forecast: y.length < 2 ? [] : walk(input, forecastGrid(x, request), request.level),
    progress: null,
    alternatives: [],
    ...standing
  };
}
function walk({ x, y, range }, at, level) {
  const steps = y.length - 1;
  const last = y[steps] ?? 0;
  const lastX = x[steps] ?? 0;
  const spacing = (lastX - (x[0] ?? 0)) / steps;
  const unit = y.reduce((most2, value) => Math.max(most2, Math.abs(value)), 0);
  let squares = 0;
  for (let i = 1; i < y.length; i++) squares += unit > 0 ? ((y[i] ?? 0) / unit - (y[i - 1] ?? 0) / unit) ** 2 : 0;
  const step = Math.sqrt(squares / steps) * studentTQuantile((1 + level) / 2, steps) * unit;
  const lower = range.lower ?? -Number.MAX_VALUE;
  const upper = range.upper ?? Number.MAX_VALUE;
  return Array.from(at, (xAt) => {
    const half = step * Math.sqrt(1 + Math.max(0, xAt - lastX) / spacing);
    return {
      x: xAt,
      y: last,
      lower: Math.min(last, Math.max(lower, last - half)),
      upper: Math.max(last, Math.min(upper, last + half))
    };
  });
}

// src/core/forecast/forecastSeries.ts
var fewestCheckpoints = 5;
var mentionedWeight = 0.05;
function forecastSeries(input, posterior, law, request, designs, control) {
  const { y } = input;
  const n = y.length;
  if (n < fewestCheckpoints) return standStill(input, request, tooFew(n));
  if (posterior === null) return standStill(input, request, unchanging(input));
  const range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
  const base = {
    name: input.name,
    role: input.role,
    direction: input.direction,
    n,
    r2: ownR2(input),
    models: posterior.models
  };
  const last = y[n - 1] ?? 0;
  const at = forecastGrid(input.x, request);
  const jump = findJump(y);
  if (jump !== null || posterior.constant > 0.5) {
    const points2 = posterior.points(at, request.level);
    const follows = jump === null || "staysPut" in posterior && !posterior.staysPut;
    const forecast = points2.map((point) => ({
      x: point.x,
      y: follows ? point.y : last,
      lower: follows ? point.lower : Math.min(point.lower, last),
      upper: follows ? point.upper : Math.max(point.upper, last)
    }));
    const where = figure(forecast[0]?.y ?? last, range / 10);
    const reason = jump === null ? `No trend stands out from its ups and downs over ${n} checkpoints; the best guess is where it is, ${where}.` : `It has moved in steps: one jump at checkpoint ${jump.index + 1} makes ${percent(jump.share)} of its range, so ${follows ? `there is no limit to name; the forecast follows its newer course from ${where}.` : `there is no curve to follow; the best guess is where it is, ${where}.`}`;
    return {
      ...base,
      limit: null,
      verdict: "no-trend",
      reason,
      settling: null,
      fitted: jump === null ? posterior.fitted : Float64Array.from(y),
      forecast,
      progress: null,
      alternatives: [],
      moreCheckpoints: null
    };
  }
  const estimate = (law === null ? null : estimateByLaw(input, law, request)) ?? estimateByMixture(posterior, request);
  const shown = { ...base, fitted: estimate.fitted(input.x), forecast: estimate.points(at) };
  const { limit } = estimate;
  if (!isBounded(limit, range)) {
    const alternatives = alternativesOf(posterior, limit.lower, limit.upper, range);
    const more = moreCheckpoints(input, posterior, request, designs, control);
    const [low = limit.lower, high = limit.upper] = [alternatives[0], alternatives.at(-1)];
    const width = Math.abs(high - low);
    return {
      ...shown,
      limit: null,
      verdict: "too-early",
      reason: `Limits from ${figure(low, width)} to ${figure(high, width)} fit these ${n} checkpoints about equally; about ${more} more would decide.`,
      settling: null,
      progress: null,
      alternatives,
      moreCheckpoints: more
    };
  }
  return {
    ...shown,
    limit,
    verdict: "identified",
    reason: identifiedReason(estimate, posterior, n),
    settling: estimate.settling,
    progress: Math.min(1, Math.max(0, estimate.progress)),
    alternatives: alternativesOf(posterior, limit.lower, limit.upper, 0),
    moreCheckpoints: null
  };
}
function tooFew(n) {
  const there = n === 0 ? "There are no checkpoints yet" : n === 1 ? "There is 1 checkpoint" : `There are ${n} checkpoints`;
  return {
    verdict: "too-early",
    reason: `${there}; at least ${fewestCheckpoints} are needed to see where it goes.`,
    moreCheckpoints: 8 - n
  };
}
function unchanging({ y }) {
  const isConstant = y.every((value) => value === y[0]);
  const reason = isConstant ? `It does not change: all ${y.length} values are ${figure(y[0] ?? 0, 0)}.` : "Its values are outside what can be told apart, so there is no trend to follow.";
  return { verdict: "no-trend", reason, moreCheckpoints: null };
}
function identifiedReason(estimate, posterior, n) {
  const { limit } = estimate;
  const heading = `Heading for ${figure(limit.value, limit.upper - limit.lower)} (${fromTo(limit.lower, limit.upper)})`;
  if (estimate.law !== null) {
    return `${heading}: one rate fits solver and verifier over ${n} checkpoints (p = ${estimate.law.pValue.toFixed(2)}).`;
  }
  const [best] = posterior.models;
  const others = posterior.models.filter((model) => model.weight >= mentionedWeight).length;
  const share2 = best === void 0 ? "" : `, the ${best.name} weighing most (${percent(best.weight)})`;
  return `${heading}: ${others === 1 ? "one curve family fits" : `${others} curve families fit`} these ${n} checkpoints${share2}.`;
}
function alternativesOf(posterior, lower, upper, apart) {
  const limits = posterior.models.filter((model) => model.weight >= mentionedWeight && model.name !== "constant").flatMap((model) => model.limit === null ? [] : [model.limit]).sort((a, b) => a - b);
  const low = limits[0];
  const high = limits.at(-1);
  if (low !== void 0 && high !== void 0 && high > low && high - low >= 0.25 * apart) return [low, high];
  return apart > 0 && Number.isFinite(lower) && Number.isFinite(upper) ? [lower, upper] : limits;
}
function ownR2(input) {
  const fit = fitSharedRate([binLong({ x: input.x, y: input.y, limitRange: input.range })]);
  return fit.kind === "none" ? null : fit.series[0]?.r2 ?? null;
}

// src/core/forecast/residualChain.ts
function factorChain({ diagonal, row, column, between, within }) {
  const n = diagonal.length;
  const scale = new Float64Array(n);
  const gain = new Float64Array(n);
  let logDeterminant = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    const p = between[i] ?? 1;
    const q = within[i] ?? 1;
    const u = row[i] ?? 0;
    variance *= i === 0 ? 0 : p * p;
    const left = Math.max(1e-12, (diagonal[i] ?? 1) - u * u * variance);
    const weight = ((column[i] ?? 0) - q * u * variance) / left;
    scale[i] = 1 / Math.sqrt(left);
    gain[i] = weight * Math.sqrt(left);
    variance = q * q * variance + left * weight * weight;
    logDeterminant += Math.log(left);
  }
  return {
    logDeterminant,
    carriedVariance: variance,
    whiten: (values, offset, into) => {
      let carried = 0;
      for (let i = 0; i < n; i++) {
        carried *= between[i] ?? 1;
        const z = ((values[offset + i] ?? 0) - (row[i] ?? 0) * carried) * (scale[i] ?? 1);
        into[i] = z;
        carried = (within[i] ?? 1) * carried + (gain[i] ?? 0) * z;
      }
      return carried;
    }
  };
}

// src/core/forecast/noiseStructure.ts
function noiseStructures(curve) {
  return [walkAndWhite(curve, 0, 0.4), walkAndWhite(curve, 0.97, 0.4), walkAndWhite(curve, 0.5, 0.2)];
}
function walkAndWhite(curve, walk2, prior) {
  const n = curve.t.length;
  const clock = (t) => Math.max(0, t / curve.spacing + 1);
  const clocks = curve.t.map(clock);
  const ones = new Float64Array(n).fill(1);
  const column = clocks.map((c) => walk2 * c);
  const factor = factorChain({
    diagonal: column.map((variance, i) => variance + (1 - walk2) * (curve.noise[i] ?? 1)),
    row: walk2 > 0 ? ones : new Float64Array(n),
    column,
    between: ones,
    within: ones
  });
  return {
    ...factor,
    prior,
    walk: walk2,
    covariance: (t) => {
      const at = clock(t);
      return clocks.map((c) => walk2 * Math.min(c, at));
    },
    reach: () => walk2 > 0 ? 1 : 0,
    variance: (t) => walk2 * clock(t) + (1 - walk2)
  };
}

// src/core/forecast/gridDesign.ts
var constantPrior = 0.05;
function createDesigns(more = []) {
  const families = familiesWith(more);
  const known = [];
  return {
    for: (curve) => {
      const found = known.find((one) => isSame2(one.curve.t, curve.t) && isSame2(one.curve.noise, curve.noise));
      if (found !== void 0) return found.design;
      const design = build(curve, families);
      known.push({ curve, design });
      return design;
    }
  };
}
function build(curve, families) {
  const n = curve.t.length;
  const candidates = [{ family: null, shape: [], prior: constantPrior, values: new Float64Array(n) }];
  for (const { family, prior } of families) {
    for (const shape of family.shapes) {
      candidates.push({
        family,
        shape,
        prior: (1 - constantPrior) * prior / family.shapes.length,
        values: curve.average((at) => family.decay(at, shape))
      });
    }
  }
  return { candidates, structures: noiseStructures(curve) };
}
function isSame2(a, b) {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

// src/core/forecast/recentLevel.ts
function recentLevel(y) {
  const recent = y.slice(y.length - Math.max(1, Math.floor(y.length / 10))).sort();
  const low = recent[Math.ceil(recent.length / 2) - 1] ?? 0;
  const high = recent[Math.floor(recent.length / 2)] ?? low;
  return low + (high - low) / 2;
}

// src/core/forecast/newestPart.ts
function newestPart(input, share2, fewest3) {
  const n = input.x.length;
  const from = Math.max(0, n - Math.max(fewest3, Math.round(n * share2)));
  const part = { ...input, x: input.x.slice(from), y: input.y.slice(from) };
  const { standardErrors } = input;
  return standardErrors === void 0 ? part : { ...part, standardErrors: standardErrors.slice(from) };
}

// src/core/forecast/recentPosterior.ts
var shares = [0.7, 0.5];
var fewest = 5;
var noneUnder = 8;
var fullFrom = 12;
function recentPosterior(input, whole, designs, control) {
  const n = input.x.length;
  const trust = Math.min(1, Math.max(0, (n - noneUnder) / (fullFrom - noneUnder)));
  const weighed = [];
  if (trust > 0) {
    for (const share2 of shares) {
      const posterior = seriesPosterior(newestPart(input, share2, fewest), recentPrior, designs, control);
      if (posterior !== null) weighed.push({ posterior, weight: trust / shares.length });
    }
  }
  const left = 1 - weighed.reduce((sum, one) => sum + one.weight, 0);
  if (left > 1e-9) {
    const posterior = whole ?? seriesPosterior(input, wholePrior, designs, control);
    if (posterior === null) return null;
    weighed.push({ posterior, weight: left });
  }
  return {
    points: (at, level) => {
      const all = weighed.map(({ posterior, weight }) => ({ points: posterior.points(at, level), weight }));
      const mean2 = (i, of) => all.reduce((sum, { points: points2, weight }) => sum + weight * (points2[i] === void 0 ? 0 : of(points2[i])), 0);
      return Array.from(at, (x, i) => ({
        x,
        y: mean2(i, (point) => point.y),
        lower: mean2(i, (point) => point.lower),
        upper: mean2(i, (point) => point.upper)
      }));
    },
    medians: (at) => {
      const sum = new Float64Array(at.length);
      for (const { posterior, weight } of weighed) {
        posterior.medians(at).forEach((value, i) => {
          sum[i] = (sum[i] ?? 0) + weight * value;
        });
      }
      return sum;
    }
  };
}

// src/core/forecast/rollingErrors.ts
var origins = [0.5, 0.7, 0.9];
var fewest2 = 5;
var points = 4;
function rollingErrors(input, designs, control) {
  const n = input.x.length;
  const range = input.y.reduce((a, b) => Math.max(a, b)) - input.y.reduce((a, b) => Math.min(a, b));
  const errors = { curves: 1e-12, level: 1e-12, last: 1e-12 };
  let trials = 0;
  for (const share2 of origins) {
    const k = Math.round(n * share2);
    if (k < fewest2 || k >= n) continue;
    control.check();
    const past = { ...input, x: input.x.slice(0, k), y: input.y.slice(0, k) };
    if (input.standardErrors !== void 0) past.standardErrors = input.standardErrors.slice(0, k);
    const horizon = Math.min(n - k, Math.max(1, Math.floor(n / 3)));
    const rows = new Set(Array.from({ length: points }, (_, i) => k - 1 + Math.ceil(horizon * (i + 1) / points)));
    const at = Float64Array.from(rows, (row) => input.x[row] ?? 0);
    const last = past.y[k - 1] ?? 0;
    const level = recentLevel(past.y);
    const curves = recentPosterior(past, null, designs, control)?.medians(at) ?? at.map(() => last);
    Array.from(rows).forEach((row, i) => {
      const truth = input.y[row] ?? 0;
      const square = (forecast) => ((truth - forecast) / range) ** 2 / rows.size;
      errors.curves += square(curves[i] ?? last);
      errors.level += square(level);
      errors.last += square(last);
    });
    trials++;
  }
  if (trials === 0) return null;
  return {
    againstLevel: errors.level / (errors.level + errors.curves),
    againstLast: errors.last / (errors.last + errors.curves)
  };
}

// src/core/forecast/leanOnRecent.ts
var trustedFrom = 0.5;
var benefitOfDoubt = 3;
function leanOnRecent(input, whole, designs, control) {
  const errors = rollingErrors(input, designs, control);
  const recent = recentPosterior(input, whole, designs, control) ?? whole;
  const trust = Math.min(1, (errors?.againstLevel ?? 1) / trustedFrom);
  const level = recentLevel(input.y);
  return {
    ...whole,
    staysPut: errors !== null && errors.againstLast < 0.5 + benefitOfDoubt / input.x.length,
    points: (at, probability) => recent.points(at, probability).map((point) => {
      const y = level + trust * (point.y - level);
      return { x: point.x, y, lower: Math.min(y, point.lower), upper: Math.max(y, point.upper) };
    })
  };
}

// src/core/fit/fTail.ts
function fTail(f, numerator, denominator) {
  if (!(f > 0)) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2);
}

// src/core/dynamics/weighSeries.ts
function weighSeries(series) {
  const fits = series.map((one) => fitSharedRate([one]));
  const unit = fits.reduce((most2, fit) => fit.kind === "none" ? most2 : Math.max(most2, fit.problem.unit), 0);
  let separate = 0;
  let dof = 0;
  const weighted = [];
  const rates = [];
  for (const [i, fit] of fits.entries()) {
    const one = series[i];
    if (one === void 0 || fit.kind === "none" || fit.n < 4) return null;
    const squares = ((fit.series[0]?.residual ?? 0) / unit) ** 2;
    const total = (fit.problem.series[0]?.total ?? 0) * (fit.problem.unit / unit) ** 2;
    const variance = Math.max(squares / (fit.n - 3), 1e-20 * total / fit.n);
    if (!(variance > 0)) return null;
    separate += squares / variance;
    dof += fit.n - 3;
    rates.push(fit.rate);
    weighted.push({
      ...one,
      weights: one.x.map((_, row) => (one.weights === void 0 ? 1 : one.weights[row] ?? 0) / variance)
    });
  }
  return { series: weighted, rates, separate, dof, unit };
}

// src/core/dynamics/sharedRateTest.ts
function testSharedRate(series) {
  if (series.length < 2) return null;
  const weighed = weighSeries(series);
  if (weighed === null) return null;
  const shared2 = fitSharedRate(weighed.series);
  if (shared2.kind === "none") return null;
  const together = shared2.series.reduce((sum, one) => sum + (one.residual / weighed.unit) ** 2, 0);
  const gain = Math.max(0, together - weighed.separate) / (series.length - 1);
  const pValue = fTail(gain, series.length - 1, weighed.dof);
  return { pValue, holds: pValue >= 0.05, rates: weighed.rates };
}

// src/core/fit/rateProfile.ts
var profileNodes = 240;
function profileRate(fit) {
  const { problem } = fit;
  const { slowest, fastest } = rateBounds(problem, {});
  const best = fit.rate * problem.span;
  const node = (rate2) => {
    const parts = problem.series.map((one) => {
      const decays = new Float64Array(one.t.length);
      fillDecays(one, rate2, decays);
      return linearPart(one, decays);
    });
    return { rate: rate2, ssr: parts.reduce((sum, part) => sum + part.ssr, 0), parts };
  };
  const from = Math.min(slowest, best);
  const to = Math.max(fastest, best);
  const nodes = [];
  for (let i = 0; i < profileNodes; i++) nodes.push(node(from * (to / from) ** (i / (profileNodes - 1))));
  nodes.push(node(best));
  for (let i = -12; i <= 12; i++) nodes.push(node(best * Math.exp(i / 3 * Math.min(1, fit.rateStandardError))));
  nodes.sort((a, b) => a.rate - b.rate);
  const least = Math.max(
    Math.min(...nodes.map((one) => one.ssr)),
    1e-30 * problem.series.reduce((sum, one) => sum + one.total, 0)
  );
  const slacks = /* @__PURE__ */ new Map();
  const slack = (level) => {
    const known = slacks.get(level) ?? least * (studentTQuantile((1 + level) / 2, fit.dof) ** 2 / fit.dof);
    slacks.set(level, known);
    return known;
  };
  const union = (level, centre, variance, isOpen) => {
    const allowed = least + slack(level);
    let lower = Number.POSITIVE_INFINITY;
    let upper = Number.NEGATIVE_INFINITY;
    nodes.forEach((one, index) => {
      if (one.ssr > allowed) return;
      const half = Math.sqrt((allowed - one.ssr) * variance(one));
      const middle = centre(one);
      lower = Math.min(lower, isOpen && index === 0 ? openEnd(nodes, centre, middle - half, -1) : middle - half);
      upper = Math.max(upper, isOpen && index === 0 ? openEnd(nodes, centre, middle + half, 1) : middle + half);
    });
    return { lower, upper };
  };
  const perSeries = (index, one) => one.parts[index] ?? missingPart;
  const inUnits = (bounds, shift) => ({
    lower: (bounds.lower + shift) * problem.unit,
    upper: (bounds.upper + shift) * problem.unit
  });
  const centreOf = (terms) => terms.reduce((sum, term) => sum + term.factor * (problem.series[term.series]?.centre ?? 0), 0);
  const sumOver = (terms, one, value) => terms.reduce((sum, term) => sum + term.factor * value(perSeries(term.series, one)), 0);
  const rate = (level) => {
    const allowed = least + slack(level);
    const inside = nodes.filter((one) => one.ssr <= allowed);
    const first = inside[0] ?? node(best);
    const final = inside.at(-1) ?? first;
    return {
      lower: first === nodes[0] ? 0 : first.rate / problem.span,
      upper: final === nodes.at(-1) ? Number.POSITIVE_INFINITY : final.rate / problem.span
    };
  };
  return {
    rate,
    limit: (terms, level) => inUnits(
      union(
        level,
        (one) => sumOver(terms, one, (part) => part.limit),
        (one) => terms.reduce((sum, term) => sum + term.factor ** 2 * perSeries(term.series, one).limitVariance, 0),
        true
      ),
      centreOf(terms)
    ),
    curve: (terms, x, level) => {
      const t = (x - problem.origin) / problem.span;
      return inUnits(
        union(
          level,
          (one) => {
            const e = Math.exp(-one.rate * t);
            return sumOver(terms, one, (part) => part.limit + part.amplitude * e);
          },
          (one) => {
            const e = Math.exp(-one.rate * t);
            const variance = (part) => part.limitVariance + 2 * e * part.covariance + e * e * part.amplitudeVariance;
            return terms.reduce(
              (sum, term) => sum + term.factor ** 2 * Math.max(0, variance(perSeries(term.series, one))),
              0
            );
          },
          false
        ),
        centreOf(terms)
      );
    },
    settling: (settlesFrom, tolerance, level) => {
      const bounds = rate(level);
      const folds = Math.log(1 / tolerance);
      return { lower: settlesFrom + folds / bounds.upper, upper: settlesFrom + folds / bounds.lower };
    }
  };
}
var missingPart = {
  limit: 0,
  amplitude: 0,
  ssr: 0,
  limitVariance: 0,
  amplitudeVariance: 0,
  covariance: 0,
  isHeld: true,
  meanDecay: 0
};
function openEnd(nodes, centre, end, side) {
  const [slowest, next] = nodes;
  if (slowest === void 0 || next === void 0) return end;
  const drift = (centre(slowest) - centre(next)) * side;
  return drift > 0 ? side * Number.POSITIVE_INFINITY : end;
}

// src/core/forecast/sharedRateLaw.ts
var fewestCheckpoints2 = 6;
function findSharedRateLaw(inputs) {
  const solver = inputs.find((one) => one.role === "solver");
  const verifier = inputs.find((one) => one.role === "verifier");
  if (solver === void 0 || verifier === void 0) return null;
  if (solver.x.length < fewestCheckpoints2 || verifier.x.length < fewestCheckpoints2) return null;
  const series = [toFitSeries(solver), toFitSeries(verifier)];
  const test = testSharedRate(series);
  if (test === null || !test.holds) return null;
  const fit = fitSharedRate(series);
  if (fit.kind === "none" || fit.stoppedAt !== "optimum") return null;
  const deviations = fit.series.map((one) => one.residual / Math.sqrt(Math.max(1, one.n - 2.5)));
  const sign = solver.direction === "higher" ? -1 : 1;
  return {
    fit,
    profile: profileRate(fit),
    pValue: test.pValue,
    termsOf: (input) => {
      if (input === solver) return [{ series: 0, factor: 1 }];
      if (input === verifier) return [{ series: 1, factor: 1 }];
      if (input.role !== "gap" || !isDifference(input, solver, verifier, sign)) return null;
      return [
        { series: 0, factor: sign },
        { series: 1, factor: -sign }
      ];
    },
    noise: (terms) => Math.hypot(...terms.map((term) => term.factor * (deviations[term.series] ?? 0)))
  };
}
function isDifference(gap, solver, verifier, sign) {
  const verifierAt = new Map(Array.from(verifier.x, (x, i) => [x, verifier.y[i] ?? 0]));
  const solverAt = new Map(Array.from(solver.x, (x, i) => [x, solver.y[i] ?? 0]));
  return gap.x.every((x, i) => {
    const s = solverAt.get(x);
    const v = verifierAt.get(x);
    if (s === void 0 || v === void 0) return false;
    return Math.abs(sign * (s - v) - (gap.y[i] ?? 0)) <= 1e-6 * (Math.abs(s) + Math.abs(v));
  });
}
function toFitSeries(input) {
  const base = { x: input.x, y: input.y, limitRange: input.range };
  return binLong(
    input.standardErrors === void 0 ? base : { ...base, weights: input.standardErrors.map((se) => 1 / (se * se)) }
  );
}

// src/core/forecast/sharedRateForecaster.ts
var sharedRateForecaster = {
  name: "shared rate and curve mixture",
  forecast(series, request, control) {
    const designs = createDesigns(request.families);
    const posteriors = series.map((input, i) => {
      control.progress(i / (2 * series.length), `weighing curves for ${input.name}`);
      return input.x.length < fewestCheckpoints ? null : seriesPosterior(input, wholePrior, designs, control);
    });
    const law = supportedLaw(series, posteriors, familiesWith(request.families ?? []));
    return series.map((input, i) => {
      control.check();
      control.progress((series.length + i) / (2 * series.length), `forecasting ${input.name}`);
      const posterior = posteriors[i] ?? null;
      const isByLaw = law !== null && law.termsOf(input) !== null;
      const leaning = posterior === null || isByLaw ? posterior : leanOnRecent(input, posterior, designs, control);
      return forecastSeries(input, leaning, law, request, designs, control);
    });
  }
};
var leastSupport = 0.3;
function supportedLaw(series, posteriors, families) {
  const law = findSharedRateLaw(series);
  if (law === null) return null;
  const support = new Map(families.map(({ family, prior }) => [family.name, 1 / prior]));
  series.forEach((input, i) => {
    if (input.role !== "solver" && input.role !== "verifier") return;
    const models = new Map(posteriors[i]?.models.map((model) => [model.name, model.weight]));
    for (const [name, product] of support) support.set(name, product * (models.get(name) ?? 0));
  });
  const total = Array.from(support.values()).reduce((sum, product) => sum + product, 0);
  return (support.get("exponential") ?? 0) >= leastSupport * total ? law : null;
}

// bench/support/baselines.ts
var persistence = (_, y, at) => at.map(() => y.at(-1) ?? 0);
var smoothedPersistence = (_, y, at) => {
  const recent = y.slice(y.length - Math.max(1, Math.floor(y.length / 10))).sort();
  const middle = recent.length / 2;
  const value = ((recent[Math.floor(middle)] ?? 0) + (recent[Math.ceil(middle) - 1] ?? 0)) / 2;
  return at.map(() => value);
};
var powerLaw2 = (x, y, at) => {
  const spacing = median(Array.from(x.subarray(1), (value, i) => value - (x[i] ?? 0)));
  const shapes = geometric(0.1 * spacing, 20 * spacing, 36).flatMap(
    (tau) => geometric(0.08, 6, 56).map((power) => (t) => (t + tau) ** -power)
  );
  return leastSquares(x, y, at, shapes);
};
var oneExponential = (x, y, at) => {
  const span = (x.at(-1) ?? 0) - (x[0] ?? 0);
  return leastSquares(
    x,
    y,
    at,
    geometric(0.05 / span, 40 / span, 400).map((rate) => (t) => Math.exp(-rate * t))
  );
};
var localLinear = (x, y, at) => {
  const spacing = median(Array.from(x.subarray(1), (value, i) => value - (x[i] ?? 0)));
  let best = { error: Number.POSITIVE_INFINITY, bandwidth: spacing };
  for (const steps of [1.5, 2, 3, 4, 6, 8, 12, 16]) {
    let error2 = 0;
    for (let cut = Math.max(5, x.length >> 1); cut < x.length; cut++) {
      const [value = 0] = line(x.subarray(0, cut), y.subarray(0, cut), x.subarray(cut, cut + 1), steps * spacing);
      error2 += (value - (y[cut] ?? 0)) ** 2;
    }
    if (error2 < best.error) best = { error: error2, bandwidth: steps * spacing };
  }
  return line(x, y, at, best.bandwidth);
};
function line(x, y, at, bandwidth) {
  const last = x.at(-1) ?? 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let r0 = 0;
  let r1 = 0;
  x.forEach((value, i) => {
    const t = value - last;
    const weight = Math.max(1e-12, Math.exp(-0.5 * (t / bandwidth) ** 2));
    s0 += weight;
    s1 += weight * t;
    s2 += weight * t * t;
    r0 += weight * (y[i] ?? 0);
    r1 += weight * t * (y[i] ?? 0);
  });
  const slope = (s0 * r1 - s1 * r0) / (s0 * s2 - s1 * s1);
  return at.map((value) => (r0 - slope * s1) / s0 + slope * (value - last));
}
function leastSquares(x, y, at, shapes) {
  const first = x[0] ?? 0;
  const low = y.reduce((a, b) => Math.min(a, b));
  const high = y.reduce((a, b) => Math.max(a, b));
  const meanY = y.reduce((a, b) => a + b, 0) / y.length;
  let best = { gain: Number.NEGATIVE_INFINITY, limit: meanY, amplitude: 0, shape: (_) => 0 };
  for (const shape of shapes) {
    const phi = x.map((value) => shape(value - first));
    const meanPhi = phi.reduce((a, b) => a + b, 0) / phi.length;
    let square = 0;
    let product = 0;
    phi.forEach((value, i) => {
      square += (value - meanPhi) ** 2;
      product += (value - meanPhi) * ((y[i] ?? 0) - meanY);
    });
    if (!(square > 1e-20)) continue;
    const amplitude = product / square;
    const limit = meanY - amplitude * meanPhi;
    const isAllowed = limit >= 2 * low - high && limit <= 2 * high - low;
    if (isAllowed && amplitude * product > best.gain) best = { gain: amplitude * product, limit, amplitude, shape };
  }
  return at.map((value) => best.limit + best.amplitude * best.shape(value - first));
}
function geometric(first, last, count2) {
  return Array.from({ length: count2 }, (_, i) => first * (last / first) ** (i / (count2 - 1)));
}
function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

// bench/forecast.ts
var shared = new URL("../../shared/", import.meta.url);
var read = (path) => readFileSync(new URL(path, shared), "utf8").trim().split(/\r?\n/).map((line2) => line2.split(","));
var what = process.argv[2];
if (what !== "curves") {
  report("published curves", logCases(published()), [persistence, localLinear, powerLaw2, oneExponential]);
  report("plateaus and jumps", logCases(reproduction()), [persistence, localLinear, powerLaw2, oneExponential]);
}
if (what !== "logs") report("curves", curveCases(), [persistence, smoothedPersistence, powerLaw2]);
function published() {
  const groups = /* @__PURE__ */ new Map();
  for (const row of read("logs/solver-verifier/sun2025_phi4_digitized.csv").slice(1)) {
    const key = `${row[0]} ${row[1]}`;
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  return Array.from(groups.values(), (rows) => ({
    kind: "published",
    x: Float64Array.from(rows, (row) => Number(row[3])),
    y: Float64Array.from(rows, (row) => Number(row[4]))
  }));
}
function reproduction() {
  return ["arithmetic_seed_20260718", "arithmetic_dense_20260719"].flatMap((name) => {
    const [head = [], ...rows] = read(`logs/solver-verifier/${name}.csv`);
    const column = (title) => Float64Array.from(rows, (row) => Number(row[head.indexOf(title)]));
    return head.filter((title) => /uncertainty/.test(title)).map((title) => ({ kind: "jumps", x: column("epoch"), y: column(title) }));
  });
}
function logCases(curves) {
  return curves.flatMap(
    ({ kind, x, y }) => [0.5, 0.6, 0.7, 0.75, 0.8].map((share2) => {
      const n = Math.max(6, Math.min(x.length - 3, Math.floor(x.length * share2)));
      return { kind, x: x.slice(0, n), y: y.slice(0, n), at: x.slice(n), truth: y.slice(n) };
    })
  );
}
function curveCases() {
  return read("curves/index.csv").slice(1).flatMap(([id, kind = ""]) => {
    const rows = read(`curves/${id}.csv`).slice(1);
    const x = Float64Array.from(rows, (row) => Number(row[0]));
    const y = Float64Array.from(rows, (row) => Number(row[1]));
    return [0.4, 0.6, 0.8].flatMap((share2) => {
      const n = Math.floor(x.length * share2 + 1e-9);
      if (n < 8 || x.length - n < 3) return [];
      const targets = new Set(Array.from({ length: 12 }, (_, i) => Math.floor(n + (x.length - 1 - n) * i / 11)));
      const pick = (values) => Float64Array.from(targets, (i) => values[i] ?? 0);
      return [{ kind, x: x.slice(0, n), y: y.slice(0, n), at: pick(x), truth: pick(y) }];
    });
  });
}
function ours({ x, y, at, truth }) {
  const input = { name: "y", role: "none", direction: "none", range: {}, x, y };
  const bands = [0.9, 0.8].map(
    (level) => sharedRateForecaster.forecast([input], { at, level, tolerance: 0.01 }, unwatched)[0]?.forecast ?? []
  );
  const inside = bands.map((points2) => {
    const held = points2.filter((point, i) => point.lower <= (truth[i] ?? 0) && (truth[i] ?? 0) <= point.upper);
    return held.length / truth.length;
  });
  return { y: Float64Array.from(bands[0] ?? [], (point) => point.y), inside };
}
function report(title, cases, baselines) {
  process.stdout.write(`
${title}, ${cases.length} cases
method                median   mean  ratio
`);
  const plain = cases.map((one) => error(one, smoothedPersistence(one.x, one.y, one.at)));
  for (const baseline of baselines) {
    print(
      baseline.name,
      cases.map((one) => error(one, baseline(one.x, one.y, one.at))),
      plain
    );
  }
  const made = cases.map(ours);
  print(
    sharedRateForecaster.name,
    cases.map((one, i) => error(one, made[i]?.y ?? new Float64Array())),
    plain
  );
  for (const kind of new Set(cases.map((one) => one.kind))) {
    const rows = made.filter((_, i) => cases[i]?.kind === kind);
    const share2 = (level) => mean(rows.map((row) => row.inside[level] ?? 0)).toFixed(3);
    process.stdout.write(`  ${kind}: the 90 % band holds ${share2(0)}, the 80 % band ${share2(1)}
`);
  }
}
function print(name, errors, plain) {
  const median2 = [...errors].sort((a, b) => a - b);
  const logs = errors.map((value, i) => Math.log((value + 1e-4) / ((plain[i] ?? 0) + 1e-4)));
  const middle = ((median2[median2.length >> 1] ?? 0) + (median2[median2.length - 1 >> 1] ?? 0)) / 2;
  process.stdout.write(
    `${name.padEnd(20)} ${middle.toFixed(5)} ${mean(errors).toFixed(4)}  ${Math.exp(mean(logs)).toFixed(3)}
`
  );
}
function error({ y, truth }, forecast) {
  const range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
  return Math.sqrt(mean(Array.from(truth, (value, i) => (value - (forecast[i] ?? 0)) ** 2))) / Math.max(range, 1e-8);
}
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
