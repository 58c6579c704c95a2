import type { Problem } from '../../problem.ts';

/** @param at byte offset of the damage */
export const tornRecord = (at: number, length: number): Omit<Problem, 'count'> => ({
  code: 'torn-record',
  message: `${length} bytes from byte ${at} on are damaged (a checksum is wrong or a part is missing); they were left out and reading went on at the next whole record. If the file was copied while it was written, copy it again.`,
  byte: at,
});
