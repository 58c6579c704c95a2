/** Of one core at most this share is spent on forecasting a log that grows: the machine is there to train. */
const mostShare = 0.2;

/** For how long a log that grows is not forecast again. @param cost of the last forecast, in any unit of time. */
export const restAfter = (cost: number): number => cost * (1 / mostShare - 1);
