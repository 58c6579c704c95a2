import { isCounterName } from '../counterName.ts';
import type { JsonRecordReader } from './jsonRecordReader.ts';

/** Names of objects that repeat the settings of a run inside its records. */
export const settingNames: ReadonlySet<string> = new Set([
  'config',
  'cfg',
  'args',
  'argv',
  'hparams',
  'hyperparameters',
  'hyper_parameters',
  'env_info',
  'hist_stats',
  'git',
  'git_hash',
]);

const kindNames = ['type', 'kind', 'event', '_type', 'record_type'];
const headerKinds =
  /^(config|configuration|header|meta|metadata|args|hparams|hyperparameters|init|settings|run_?start|start|environment|env|setup)$/i;
const summaryKinds = /^(summary|final|end|run_?end|finish(ed)?|done|complete(d)?|train_end|result_summary)$/i;

/** What some frameworks write once behind the last point: means and totals of the whole run. */
const summaryNumbers = ['train_runtime', 'eval_runtime_total', 'total_runtime'];

export type RecordKind = 'point' | 'header' | 'summary' | 'empty';

/** Whether the record just read is a point of a curve, or says something of the run as a whole. */
export function recordKind(record: JsonRecordReader): RecordKind {
  if (record.numberCount === 0) return 'empty';
  for (const name of kindNames) {
    const kind = record.textOf(name);
    if (kind === undefined) continue;
    if (headerKinds.test(kind)) return 'header';
    if (summaryKinds.test(kind)) return 'summary';
  }
  for (const name of summaryNumbers) if (record.numberOf(name) !== undefined) return 'summary';
  if (record.hasIgnored && !hasCounter(record)) return 'header';
  return 'point';
}

function hasCounter(record: JsonRecordReader): boolean {
  for (let i = 0; i < record.numberCount; i += 1) if (isCounterName(record.numberName(i))) return true;
  return false;
}
