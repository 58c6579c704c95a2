// A reporter for node:test that ends in one line of JSON with the counts.

/**
 * @param {AsyncIterable<{ type: string, data: { skip?: unknown, todo?: unknown, details?: { type?: string } } }>} events
 */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:fail') counts.failed += 1;
    else if (type === 'test:pass' && data.skip !== undefined) counts.skipped += 1;
    else if (type === 'test:pass') counts.passed += 1;
  }
  yield `${JSON.stringify(counts)}\n`;
}
