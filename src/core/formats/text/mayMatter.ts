import { mayHoldOutcome } from '../metricName.ts';
import { mayHoldPhase } from './phase.ts';
import { mayHoldPlace } from './runPlace.ts';
import { stripPrefixes } from './stripPrefixes.ts';

/**
 * Whether a line may say where the run is, or how it does, or which part of it follows. Where it may not, its numbers need not
 * be understood; most lines between the records of a console are such.
 */
export function mayMatter(line: string): boolean {
  return mayHoldPhase(line) || mayHoldOutcome(line) || mayHoldPlace(stripPrefixes(line));
}
