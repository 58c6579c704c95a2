import { encodeUtf8 } from './bytes/utf8.ts';
import { isCounterName } from './counterName.ts';
import { cellText } from './delimited/cellText.ts';
import { RowScanner } from './delimited/rowScanner.ts';
import { sniffTable } from './delimited/sniffTable.ts';
import type { Sample, TextFormat } from './format.ts';
import { parseTolerant } from './json/parseTolerant.ts';
import { sniffRecords } from './json/sniffRecords.ts';
import { type Judgement, sayWhatItIs } from './judgement.ts';
import { isMetricName } from './metricName.ts';

interface SureJudgement extends Judgement {
  readonly confidence: number;
}

/** Share of a text in quotes from which the texts are the matter: a data set, or answers of a model. */
const mostlyProse = 0.6;
const openTheLog = 'Open the log of the run (trainer_state.json, metrics.csv, a .jsonl, or what the trainer printed).';
const openTheHistory = 'It holds last values only; open the history that was written beside it.';

/** From the surest to the vaguest; the vague ones are less sure than any log. */
const judges: readonly ((sample: Sample) => SureJudgement | null)[] = [
  lfsPointer,
  webPage,
  lastValues,
  resultsTable,
  systemMetrics,
  dataSet,
  mlflowNote,
  settings,
  sourceCode,
  jsonDocument,
  dataTable,
  prose,
];

/** Texts that are no logs: said to be what they are, with what to open instead. */
export const notALog: TextFormat = {
  kind: 'text',
  id: 'not-a-log',
  title: 'No training log',
  mostConfidence: 0.95,
  sniff(sample) {
    const judged = judge(sample);
    return judged === null ? null : { confidence: judged.confidence, because: `it is ${judged.is}` };
  },
  open: (sink, sample) => sayWhatItIs(sink, sample, judge(sample), { line: 1 }),
};

function judge(sample: Sample): SureJudgement | null {
  for (const one of judges) {
    const judged = one(sample);
    if (judged !== null) return judged;
  }
  return null;
}

function lfsPointer({ head }: Sample): SureJudgement | null {
  return /^version https:\/\/git-lfs\.github\.com\/spec\//.test(head)
    ? {
        is: 'a pointer of Git LFS in place of the file',
        instead: 'Run `git lfs pull` in its folder, then open it again.',
        confidence: 0.95,
      }
    : null;
}

function webPage({ head }: Sample): SureJudgement | null {
  return /^\s*(<!doctype html|<html[\s>])/i.test(head)
    ? { is: 'a web page', instead: 'Download the raw file that it shows.', confidence: 0.95 }
    : null;
}

/** One object of numbers without any list: what a run came to in the end. */
function lastValues(sample: Sample): SureJudgement | null {
  const document = objectOf(sample);
  if (document === null || !/(summary|results?|metrics|scores?)[^/]*\.json$/i.test(sample.fileName)) return null;
  if (!sample.head.trim().includes('\n') && !/(summary|results?)[^/]*\.json$/i.test(sample.fileName)) {
    // A history of one record looks the same in one line.
    return null;
  }
  // A list of numbers or records is a history, and so is an object whose keys count.
  if (/\[\s*[-\d{]|"0"\s*:/.test(sample.head)) return null;
  const leaves = Object.values(document);
  if (leaves.length > 0 && !leaves.some((value) => typeof value === 'number' || isObject(value))) return null;
  return { is: 'a summary with the last values of a run', instead: openTheHistory, confidence: 0.9 };
}

/** Rows that name models, runs or settings, each another one, and nothing that counts. */
function resultsTable(sample: Sample): SureJudgement | null {
  const table = sniffTable(sample);
  if (table === null || table.rows < 3 || table.numberShare < 0.3) return null;
  if (table.names.some((name, i) => isCounterName(name) && (table.numbersBelow[i] ?? 0) > 0)) return null;
  const labels = table.names.flatMap((_, i) => ((table.numbersBelow[i] ?? 0) === 0 ? [i] : []));
  const rows: string[][] = [];
  const scanner = new RowScanner(table.delimiter, (row) => {
    if (row.count === table.names.length) rows.push(labels.map((i) => cellText(row, i)));
  });
  scanner.feed(encodeUtf8(sample.head.slice(0, sample.head.lastIndexOf('\n') + 1)));
  const named = rows.filter(([first = '']) => /^[A-Za-z_]/.test(first) && first.toLowerCase() !== 'nan');
  if (named.length < 0.9 * rows.length || new Set(named.map(String)).size < 0.9 * rows.length) return null;
  return {
    is: 'a table of results, a row for each model or run, in which nothing counts progress',
    instead: openTheLog,
    confidence: 0.6,
  };
}

function systemMetrics(sample: Sample): SureJudgement | null {
  if (!sample.head.startsWith('{"system.')) return null;
  return {
    is: 'a log of the machine (W&B system metrics)',
    instead: 'Open wandb-history.jsonl beside it.',
    confidence: 0.9,
  };
}

function dataSet(sample: Sample): SureJudgement | null {
  if (!/^\s*[[{]/.test(sample.head)) return null;
  const found = sniffRecords(sample);
  if (found.records < 2 || found.records < 0.8 * found.lines || found.proseShare < mostlyProse) return null;
  if (found.counter !== null && found.metrics.length > 0) return null;
  return { is: 'a data set, or answers of a model, one a line', instead: openTheLog, confidence: 0.4 };
}

const settingFile = /\.(ya?ml|toml|ini|cfg|conf)$/i;

function settings(sample: Sample): SureJudgement | null {
  const isDocument = objectOf(sample) !== null;
  const lines = sample.head.split('\n').filter((line) => /\S/.test(line) && !/^\s*[#;]/.test(line));
  const assigned = lines.filter((line) => /^\s*(- )?["']?[\w.\-/]+["']?\s*[:=]|^\s*\[|^\s*- /.test(line)).length;
  // Lists over several lines hide most of the names of a TOML file, but not its sections.
  const hasSections = /\.toml$/i.test(sample.fileName) && lines.some((line) => /^\s*\[[\w."-]+\]\s*$/.test(line));
  const isSettings = hasSections || (settingFile.test(sample.fileName) && assigned >= 0.5 * lines.length);
  const isWhole = isDocument && (sample.head.trim().includes('\n') || /\.json$/i.test(sample.fileName));
  return isWhole || isSettings
    ? {
        is: 'a file of settings',
        instead: 'Open the log of the run that it started; hints stand in it where it is a config of a trainer.',
        confidence: isSettings ? 0.75 : 0.2,
      }
    : null;
}

const sourceFile = /^(make|docker)file$|\.(py|sh|bash|slurm|sbatch|js|ts|mjs|c|cc|cpp|cu|h|java|rs|go|ipynb)$/i;
const sourceLine =
  /^\s*(import \w|from [\w.]+ import |def \w+\(|class \w+[(:]|#!\/|#include|export [A-Za-z_]+=|set -[eux]|#SBATCH|if __name__)/m;

function sourceCode({ head, fileName }: Sample): SureJudgement | null {
  const isCode =
    sourceFile.test(fileName) &&
    (sourceLine.test(head) || /^(make|docker)file$|\.(sh|bash|slurm|sbatch|py)$/i.test(fileName));
  return isCode || head.startsWith('#!/')
    ? { is: 'source code', instead: openTheLog, confidence: isCode ? 0.9 : 0.5 }
    : null;
}

/** A parameter or a tag of a run in MLflow's file store: the value alone. */
function mlflowNote({ folders }: Sample): SureJudgement | null {
  const folder = folders.at(-1) ?? '';
  return /^(params|tags)$/.test(folder) && /^[0-9a-f]{32}$/.test(folders.at(-2) ?? '')
    ? {
        is: `a ${folder === 'tags' ? 'tag' : 'parameter'} of an MLflow run`,
        instead: 'Open the folder of the run, or a metric in its folder `metrics`.',
        confidence: 0.9,
      }
    : null;
}

function jsonDocument(sample: Sample): SureJudgement | null {
  return /\.json$/i.test(sample.fileName) && /^\ufeff?\s*[[{]/.test(sample.head) && sniffRecords(sample).points < 2
    ? { is: 'a JSON document without a history of metrics', instead: openTheLog, confidence: 0.1 }
    : null;
}

function dataTable(sample: Sample): SureJudgement | null {
  const table = sniffTable(sample);
  if (table === null || table.names.length < 2 || table.rows < 3 || table.rows < 0.9 * table.allRows) return null;
  return table.numberShare < 0.3 || table.names.some((name) => isCounterName(name) || isMetricName(name))
    ? null
    : {
        is: 'a table of data: none of its columns counts progress, and none has the name of a metric',
        instead: openTheLog,
        confidence: 0.1,
      };
}

function prose({ fileName }: Sample): SureJudgement | null {
  return /^(readme|license|changelog)|\.(md|rst|tex)$/i.test(fileName)
    ? { is: 'a text for people', instead: openTheLog, confidence: 0.1 }
    : null;
}

/** The one object that the whole text is; null where it is anything else. */
function objectOf({ head, size, bytes }: Sample): Record<string, unknown> | null {
  if (size > bytes.length || !/^\ufeff?\s*\{[\s\S]*\}\s*$/.test(head)) return null;
  const value = parseTolerant(head);
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
