/** Whether the median of numbers, of which more come all the time, stays inside of bounds: counted, without keeping them. */
export class MedianWithin {
  readonly #least: number;
  readonly #most: number;
  #count = 0;
  #underLeast = 0;
  #underMost = 0;

  /** @param least may be reached. @param most may not. */
  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
  }

  add(value: number): void {
    this.#count += 1;
    if (value < this.#least) this.#underLeast += 1;
    if (value < this.#most) this.#underMost += 1;
  }

  /** Of an even count the later of the two in the middle is the median. */
  get holds(): boolean {
    const middle = this.#count >> 1;
    return this.#count > 0 && this.#underLeast <= middle && this.#underMost > middle;
  }
}
