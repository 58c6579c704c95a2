/** An estimated number of checkpoints in the two digits that an estimate has. */
export function roundCount(count: number): number {
  return Number(Math.ceil(count).toPrecision(2));
}
