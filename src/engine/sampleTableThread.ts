import { parentPort } from 'node:worker_threads';
import type { Problem } from '../core/problem.ts';
import type { StepResult } from '../core/rollouts/stepResult.ts';
import { readSampleTable } from './sampleTable.ts';

/** What a thread that reads tables is asked. */
export interface TableRequest {
  /** All bytes of the file. */
  readonly file: ArrayBuffer;
  readonly fileStep: number | null;
}

/** What it answers; checked by whoever asked. */
export interface TableAnswer {
  readonly results: readonly StepResult[];
  readonly problems: readonly Omit<Problem, 'count'>[];
}

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread only.');

port.on('message', (request: unknown) => {
  void answer(request).then((given) => port.postMessage(given));
});

async function answer(request: unknown): Promise<TableAnswer> {
  const results: StepResult[] = [];
  const problems: Omit<Problem, 'count'>[] = [];
  if (isRequest(request)) {
    await readSampleTable(request.file, request.fileStep, {
      result: (result) => results.push(result),
      problem: (problem) => problems.push(problem),
    });
  }
  return { results, problems };
}

function isRequest(value: unknown): value is TableRequest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'file' in value &&
    value.file instanceof ArrayBuffer &&
    'fileStep' in value &&
    (value.fileStep === null || typeof value.fileStep === 'number')
  );
}
