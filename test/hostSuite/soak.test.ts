import assert from 'node:assert/strict';
import { GrowingLogs, loggedTroubles } from './growingLogs.ts';
import { api } from './support.ts';

/** The short form of `npm run soak`. */
describe('many logs that grow at once', () => {
  it('are read line by line without a loss, and nothing is logged of it', async () => {
    const lens = await api();
    const logs = await GrowingLogs.start(lens, 12);
    const before = loggedTroubles(lens);
    try {
      await logs.grow(15, 5);
      await logs.allAccountedFor();
    } finally {
      logs.dispose();
    }
    assert.deepEqual(loggedTroubles(lens), before);
  }).timeout(120_000);
});
