/** Where a tag was seen: `order` counts the events of the file. */
export interface TagPoint {
  readonly order: number;
  readonly step: number;
}

interface Clock {
  /** Its fullest tag, which the others are held against. */
  readonly name: string;
  readonly points: readonly TagPoint[];
  lastStep: number;
}

/** A tag this many of its own intervals behind is not logged late, it counts something else. */
const lateIntervals = 2;

/** Fewer points of a tag are a note at the beginning or the end. */
const fewestOfACurve = 3;

/**
 * Tells which tags count the same thing. TensorBoard knows one step an event, but writers put optimizer steps under one tag
 * and epochs under another; on one axis the smaller count would look like a run that starts over and over.
 */
export class TagClocks {
  readonly #clocks: Clock[] = [];
  readonly #clockOf = new Map<string, number>();

  get names(): readonly string[] {
    return this.#clocks.map(({ name }) => name);
  }

  /** Decides from the beginning of a file: the fullest tags found a clock each, the others join one that they keep up with. */
  settle(tags: ReadonlyMap<string, readonly TagPoint[]>): void {
    for (const [tag, points] of [...tags].sort((a, b) => b[1].length - a[1].length)) {
      const last = points.at(-1)?.step ?? 0;
      const found = this.#clocks.findIndex(({ points: others }) =>
        areApart(points, others) ? sharesSteps(points, others) : keepsUp(points, others) && keepsUp(others, points),
      );
      this.#join(tag, found, last, points);
    }
  }

  /** Clock of a tag at a step; a tag not seen before joins the first clock that is not far ahead of it. */
  at(tag: string, step: number): number {
    let index = this.#clockOf.get(tag);
    if (index === undefined) {
      const found = this.#clocks.findIndex(({ lastStep }) => step >= lastStep / lateIntervals);
      index = this.#join(tag, found, step, [{ order: 0, step }]);
    }
    this.advance(index, step);
    return index;
  }

  /** Says that a tag of this clock was seen at a step. */
  advance(index: number, step: number): void {
    const clock = this.#clocks[index];
    if (clock !== undefined) clock.lastStep = step;
  }

  copy(): TagClocks {
    const copy = new TagClocks();
    copy.#clocks.push(...this.#clocks.map((clock) => ({ ...clock })));
    for (const [tag, clock] of this.#clockOf) copy.#clockOf.set(tag, clock);
    return copy;
  }

  #join(tag: string, found: number, lastStep: number, points: readonly TagPoint[]): number {
    const index = found === -1 ? this.#clocks.push({ name: tag, points, lastStep }) - 1 : found;
    this.#clockOf.set(tag, index);
    return index;
  }
}

/** Whether all of one tag stands before all of the other, as where a log was converted tag by tag: no lag can be told. */
function areApart(points: readonly TagPoint[], others: readonly TagPoint[]): boolean {
  if (points.length < fewestOfACurve || others.length < fewestOfACurve) return false;
  const order = (list: readonly TagPoint[], at: number): number => list.at(at)?.order ?? 0;
  return order(points, -1) < order(others, 0) || order(others, -1) < order(points, 0);
}

/** Whether most steps of the points are steps of the others too. */
function sharesSteps(points: readonly TagPoint[], others: readonly TagPoint[]): boolean {
  const steps = new Set(others.map(({ step }) => step));
  return points.filter(({ step }) => steps.has(step)).length >= 0.5 * points.length;
}

/** Whether points mostly come within two of their own intervals of the latest step of the others. */
function keepsUp(points: readonly TagPoint[], others: readonly TagPoint[]): boolean {
  const lags: number[] = [];
  let j = 0;
  for (const { order, step } of points) {
    while (j < others.length && (others[j]?.order ?? 0) < order) j += 1;
    const latest = others[j - 1];
    if (latest !== undefined) lags.push(latest.step - step);
  }
  return lags.length === 0 || median(lags) <= lateIntervals * interval(points);
}

function interval(points: readonly TagPoint[]): number {
  const rises: number[] = [];
  points.forEach(({ step }, i) => {
    const rise = step - (points[i - 1]?.step ?? step);
    if (rise > 0) rises.push(rise);
  });
  return rises.length === 0 ? 0 : median(rises);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
