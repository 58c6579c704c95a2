import { addMetrics, EstimateColumns, runSize, stepColumn } from '../rollouts/rolloutColumns.ts';
import type { MetricValues, StepResult } from '../rollouts/stepResult.ts';
import type { TextFormat } from './format.ts';
import type { DumpSink } from './rollouts/dump.ts';
import { stepOfName } from './rollouts/dumpNames.ts';
import { GenerationsLog } from './rollouts/generationsLog.ts';
import { recogniseDump } from './rollouts/recogniseDump.ts';
import { SampleLines } from './rollouts/sampleLines.ts';
import { decodedText } from './text/decodedText.ts';

/** Samples that a trainer of reinforcement learning has written, as one file; folders of them are read step by step. */
export const rollouts: TextFormat = {
  id: 'rollouts',
  title: 'rollout dump',
  kind: 'text',
  mostConfidence: 0.95,

  sniff: recogniseDump,

  open(sink, file) {
    // The first step names the series; those that follow are of the same run.
    const step = stepColumn(sink);
    const columns = new EstimateColumns(sink);
    let size: number | null = null;
    const metrics = new Map<string, MetricValues>();
    const put = (result: StepResult, isFinal: boolean): void => {
      const own = size ?? runSize([result]);
      if (isFinal) size = own;
      addMetrics(metrics, result);
      sink.beginRow(1);
      sink.number(step, result.step);
      columns.put(result, { prefix: '', size: own, metrics });
      sink.endRow();
    };
    let isFinishing = false;
    const dumpSink: DumpSink = {
      result: (result) => put(result, !isFinishing),
      problem: (problem) => sink.problem(problem),
    };
    const parser =
      recogniseDump(file)?.kind === 'generations-log'
        ? decodedText(new GenerationsLog(dumpSink))
        : new SampleLines(dumpSink, stepOfName(file.fileName));
    return {
      feed: (bytes) => parser.feed(bytes),
      finish() {
        isFinishing = true;
        parser.finish();
        isFinishing = false;
      },
    };
  },
};
