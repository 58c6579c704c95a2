/** Share of the external data spent at the start of a round; rounds count from 1. */
export interface Spending {
  readonly round: number;
  readonly share: number;
}

export type Schedule = 'early' | 'uniform' | 'late' | readonly Spending[];

/**
 * Shares by round (index 0 is round 1). `early` and `late` spend evenly over the first or last quarter of the rounds. A
 * list is taken as it is: its shares need not sum to 1, so that a part of a budget can be looked at alone.
 */
export function spendingSchedule(schedule: Schedule, rounds: number): Float64Array {
  const shares = new Float64Array(rounds);
  if (typeof schedule !== 'string') {
    for (const { round, share } of schedule) {
      if (round >= 1 && round <= rounds) shares[round - 1] = (shares[round - 1] ?? 0) + share;
    }
    return shares;
  }
  const spent = schedule === 'uniform' ? rounds : Math.max(1, Math.ceil(rounds / 4));
  const first = schedule === 'late' ? rounds - spent : 0;
  return shares.fill(1 / spent, first, first + spent);
}
