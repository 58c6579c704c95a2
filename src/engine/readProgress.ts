import { basename } from 'node:path';

const megabyte = 1e6;

/** How far the reading of a file or of several is, bytes of bytes, in steps of a per cent: each change of the words is shown. */
export function readProgress(name: string, done: number, of: number): string {
  const step = of / 100;
  const rounded = Math.floor(Math.floor(done / step) * step);
  const share = of < megabyte ? '' : `, ${(rounded / megabyte).toFixed(0)} of ${(of / megabyte).toFixed(0)} MB`;
  return `reading ${basename(name)}${share}`;
}
