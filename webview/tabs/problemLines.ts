import type { Problem } from '../../src/core/problem.ts';
import type { Warning } from '../../src/core/report/predictReport.ts';
import { element } from '../element.ts';

/** One quiet line for each thing that was noticed; a warning that is a problem too is the same thing. */
export function problemLines(problems: readonly Problem[], warnings: readonly Warning[] = []): HTMLElement[] {
  const lines = [
    ...warnings.flatMap(({ message }) => (problems.some((problem) => problem.message === message) ? [] : [message])),
    ...problems.map(({ message, count }) => (count > 1 ? `${message} (${count} times)` : message)),
  ];
  return lines.map((line) => element('p', { class: 'note' }, line.replace(/\p{Cc}+/gu, ' ')));
}
