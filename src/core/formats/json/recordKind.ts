import type { JsonRecord } from './jsonRecord.ts';
import type { JsonRecordOptions } from './jsonRecordReader.ts';

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

/** A text under one of these says what kind of record it stands in. */
export const kindNames: ReadonlySet<string> = new Set(['type', 'kind', 'event', '_type', 'record_type']);
const headerKinds =
  /^(config|configuration|header|meta|metadata|args|hparams|hyperparameters|init|settings|run_?start|start|environment|env|setup)$/i;
const summaryKinds = /^(summary|final|end|run_?end|finish(ed)?|done|complete(d)?|train_end|result_summary)$/i;

/** What some frameworks write once behind the last point: means and totals of the whole run. */
const summaryNumbers: ReadonlySet<string> = new Set(['train_runtime', 'eval_runtime_total', 'total_runtime']);

/** How records that stand each in a line are read, so that their kind can be told. */
export const lineOptions: JsonRecordOptions = { ignored: settingNames, telling: summaryNumbers, isLine: true };
/** How records in a document are read. */
export const documentOptions: JsonRecordOptions = { telling: summaryNumbers };

export type RecordKind = 'point' | 'header' | 'summary' | 'empty';

/** Whether the record just read with one of these options is a point of a curve, or says something of the run as a whole. */
export function recordKind(record: JsonRecord): RecordKind {
  if (!record.hasNumbers) return 'empty';
  for (const name of record.textCount === 0 ? [] : kindNames) {
    const kind = record.textOf(name);
    if (kind === undefined) continue;
    if (headerKinds.test(kind)) return 'header';
    if (summaryKinds.test(kind)) return 'summary';
  }
  if (record.isTold) return 'summary';
  if (record.hasIgnored && !record.hasCounter) return 'header';
  return 'point';
}
