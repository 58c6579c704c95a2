import type { CurveFamily, Shape } from '../fit/curveFamily.ts';

/** Of blocks with more checkpoints the mean is taken by quadrature. */
const mostExact = 5;
/** Of the oldest block, where a curve may be steepest, so many checkpoints stand for themselves; then parts that double. */
const mostExactFirst = 8;

/** Places at which a curve is asked, and what each counts; in a block they sum to 1. */
interface Nodes {
  readonly times: number[];
  readonly weights: number[];
}

/** Means over blocks of a family's decay: a steep curve's mean over a block is not its value at the block's middle. */
export class BlockDecays {
  readonly #times: Float64Array;
  readonly #weights: Float64Array;
  /** Where the places of each block end. */
  readonly #ends: Int32Array;
  /** Decays at these times; null where each block has one. */
  readonly #scratch: Float64Array | null;

  /** @param checkpoints of each block the times, rising */
  constructor(checkpoints: readonly Float64Array[]) {
    const nodes: Nodes = { times: [], weights: [] };
    this.#ends = Int32Array.from(checkpoints, (own, block) => {
      if (block === 0) addFirst(nodes, own);
      else addPart(nodes, own, 1);
      return nodes.times.length;
    });
    this.#times = Float64Array.from(nodes.times);
    this.#weights = Float64Array.from(nodes.weights);
    this.#scratch = this.#times.length === checkpoints.length ? null : new Float64Array(this.#times.length);
  }

  /** Writes them into `into` from `offset` on. */
  write(family: CurveFamily, shape: Shape, into: Float64Array, offset: number): void {
    const decays = this.#scratch;
    if (decays === null) {
      family.decays(this.#times, shape, into, offset);
      return;
    }
    family.decays(this.#times, shape, decays, 0);
    const weights = this.#weights;
    let i = 0;
    for (let block = 0; block < this.#ends.length; block++) {
      let sum = 0;
      for (const end = this.#ends[block] ?? 0; i < end; i++) sum += (weights[i] ?? 0) * (decays[i] ?? 0);
      into[offset + block] = sum;
    }
  }
}

function addFirst(nodes: Nodes, times: Float64Array): void {
  let from = Math.min(times.length, mostExactFirst);
  for (const time of times.subarray(0, from)) add(nodes, time, 1 / times.length);
  for (let to = from; from < times.length; from = to) {
    to = Math.min(times.length, 2 * from);
    addPart(nodes, times.subarray(from, to), (to - from) / times.length);
  }
}

/** Few checkpoints each for itself; many by Gauss and Legendre's three points, set so that parabolas have their mean over the checkpoints. */
function addPart(nodes: Nodes, times: Float64Array, share: number): void {
  const count = times.length;
  if (count <= mostExact) {
    for (const time of times) add(nodes, time, share / count);
    return;
  }
  let middle = 0;
  times.forEach((time, i) => {
    middle += (time - middle) / (i + 1);
  });
  const half = ((times[count - 1] ?? 0) - (times[0] ?? 0)) / 2;
  const aside = half * Math.sqrt((0.6 * (count + 1)) / (count - 1));
  add(nodes, middle - aside, (share * 5) / 18);
  add(nodes, middle, (share * 8) / 18);
  add(nodes, middle + aside, (share * 5) / 18);
}

function add({ times, weights }: Nodes, time: number, weight: number): void {
  times.push(Math.max(0, time));
  weights.push(weight);
}
