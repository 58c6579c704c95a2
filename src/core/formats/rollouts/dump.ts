import type { Problem } from '../../problem.ts';
import type { StepResult } from '../../rollouts/stepResult.ts';

/** Where what is read from a dump goes. */
export interface DumpSink {
  result(result: StepResult): void;
  problem(problem: Omit<Problem, 'count'>): void;
}
