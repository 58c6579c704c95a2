import type { Direction } from '../runs/run.ts';

/** What the interface calls a limit. */
export function limitWord(direction: Direction): 'ceiling' | 'floor' | 'limit' {
  return direction === 'higher' ? 'ceiling' : direction === 'lower' ? 'floor' : 'limit';
}
