import { unwatched } from '../../src/core/control.ts';
import { formats } from '../../src/core/formats/formatTable.ts';
import { Refusal } from '../../src/core/problem.ts';
import { buildRuns } from '../../src/core/runs/buildRuns.ts';
import type { Table } from '../../src/core/runs/table.ts';
import { inspectRun } from '../../src/engine/inspectRuns.ts';
import { MemorySource } from '../../src/engine/memorySource.ts';
import { OpenLog } from '../../src/engine/openLog.ts';

export interface ReadLog {
  readonly format: string;
  readonly table: Table | null;
  /** The sentence of a refusal; null where it was read. */
  readonly refusal: string | null;
}

/** Reads a log as the product does, from its bytes; a refusal is an answer, anything else that is thrown is a finding. */
export async function readLog(path: string, bytes: Uint8Array): Promise<ReadLog> {
  const log = new OpenLog(new MemorySource(path, bytes), formats);
  try {
    await log.refresh(unwatched);
    if (log.table !== null) checkRuns(log.table);
    return { format: log.formatId, table: log.table, refusal: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!error.message.includes(path)) throw new Error(`A refusal names no file: ${error.message}`);
    return { format: log.formatId, table: null, refusal: error.message };
  }
}

/** What holds for the runs of any log at all. */
function checkRuns(table: Table): void {
  for (const run of buildRuns(table, {})) {
    for (const { name, x, y } of run.series) {
      x.forEach((at, i) => {
        const isRising = i === 0 || at > (x[i - 1] ?? 0);
        if (!isRising || !Number.isFinite(at) || !Number.isFinite(y[i] ?? Number.NaN))
          throw new Error(`"${name}" is not clean at ${i}: ${at}, ${y[i]}`);
      });
    }
    JSON.stringify(inspectRun(run));
  }
  const polluted = Object.keys(Object.prototype);
  if (polluted.length > 0) throw new Error(`Object.prototype has got ${polluted.join()}`);
}
