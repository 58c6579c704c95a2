import { shownOut } from './standardStreams.ts';

/** One object: on one line for programs, indented for people. Numbers that are not finite become null. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, shownOut().isTTY === true ? 2 : undefined)}\n`;
}
