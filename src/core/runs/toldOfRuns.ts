const learningRate = /(^|[^a-z])(lr|learning[ _-]?rate)([^a-z]|$)/i;
const injection = /(^|[^a-z])(external[_ -]?data|injections?|injected)$/i;

export const isLearningRate = (name: string): boolean => learningRate.test(name);

/** How much external data was injected. */
export const isInjection = (name: string): boolean => injection.test(name);

/** Columns that say something of a run whichever of its series is asked for. */
export const tellsOfRun = (name: string): boolean => isLearningRate(name) || isInjection(name);
