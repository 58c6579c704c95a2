import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

/** Like `deepEqual` for what is too large for it to tell how it differs: that takes minutes. */
export function assertSame(actual: unknown, expected: unknown, what: string): void {
  assert.ok(isDeepStrictEqual(actual, expected), `read otherwise: ${what.slice(0, 2000)}`);
}
