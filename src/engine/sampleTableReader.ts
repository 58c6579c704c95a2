import { extname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Control } from '../core/control.ts';
import type { DumpSink } from '../core/formats/rollouts/dump.ts';
import { isProblem } from '../core/problem.ts';
import { readStepResult } from '../core/rollouts/stepResult.ts';
import type { TableRequest } from './sampleTableThread.ts';
import { unlessStopped } from './unlessStopped.ts';

/** A sound table is read in a small part of it. */
const patientMs = 10_000;
/** More for a large one. */
const msPerByte = 1 / 1000;
const memoryMb = 2048;

/**
 * Reads Parquet in a thread of its own: a damaged table may say that a value repeats two thousand million times, and its
 * reader believes it. Such a thread is ended, by time or by memory, and nothing else with it. To be closed.
 */
export class SampleTableReader {
  readonly #patienceMs: number;
  #thread: Worker | null = null;

  constructor(patienceMs = patientMs) {
    this.#patienceMs = patienceMs;
  }

  /**
   * A table that is not wanted any more is not waited for.
   * @param file all of its bytes; given away. @param fileStep step that its name says.
   */
  async read(file: ArrayBuffer, fileStep: number | null, sink: DumpSink, control: Control): Promise<void> {
    // In the bundle and beside the source alike the thread's file lies next to this one.
    const { Worker } = await import('node:worker_threads');
    this.#thread ??= new Worker(join(__dirname, `sampleTableThread${extname(__filename)}`), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    const thread = this.#thread;
    const answer = await unlessStopped(this.#ask(thread, file, fileStep), control);
    if (answer === null) {
      this.#thread = null;
      await thread.terminate();
      sink.problem({
        code: 'torn-record',
        message: 'It could not be read as Parquet in reasonable time and memory, so it is damaged; write it again.',
      });
      return;
    }
    const { results, problems } = answer;
    for (const result of results.map(readStepResult)) if (result !== null) sink.result(result);
    for (const problem of problems) if (isProblem(problem)) sink.problem(problem);
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }

  /** null where the thread died or took too long. */
  #ask(
    thread: Worker,
    file: ArrayBuffer,
    fileStep: number | null,
  ): Promise<{ results: readonly unknown[]; problems: readonly unknown[] } | null> {
    return new Promise((resolve) => {
      const settle = (answer: unknown): void => {
        clearTimeout(timer);
        thread.off('message', settle).off('error', fail).off('exit', fail);
        resolve(isAnswer(answer) ? answer : null);
      };
      const fail = (): void => settle(null);
      const timer = setTimeout(fail, this.#patienceMs + file.byteLength * msPerByte);
      thread.on('message', settle).on('error', fail).on('exit', fail);
      const request: TableRequest = { file, fileStep };
      thread.postMessage(request, [file]);
    });
  }
}

function isAnswer(value: unknown): value is { results: readonly unknown[]; problems: readonly unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'results' in value &&
    Array.isArray(value.results) &&
    'problems' in value &&
    Array.isArray(value.problems)
  );
}
