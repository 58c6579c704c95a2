import { gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { DumpSink } from '../core/formats/rollouts/dump.ts';
import { sampleField } from '../core/formats/rollouts/sampleFields.ts';
import { hashAnswer, TextHash } from '../core/rollouts/hashText.ts';
import { lastBoxed } from '../core/rollouts/lastBoxed.ts';
import { OpenSteps } from '../core/rollouts/openSteps.ts';
import type { Sample } from '../core/rollouts/sample.ts';

type Row = Readonly<Record<string, unknown>>;

/** Columns of TRL with numbers that are no rewards. */
const noReward = /^(step|mode|advantages?|index|id|idx|__index_level_\d+__|.*(length|tokens|entropy|logps?|std|kl))$/i;

/** Columns that are large and say nothing of a score. */
const media = /^(images?|videos?|audios?)$/i;

/**
 * Reads samples from a Parquet table as TRL writes it: step, prompt, completion, a column of numbers for each reward function,
 * advantage. Their sum is the score that the run is trained on, unless the functions are weighted.
 * @param file all of its bytes. @param fileStep step that its name says.
 */
export async function readSampleTable(file: ArrayBuffer, fileStep: number | null, sink: DumpSink): Promise<void> {
  const rows = await rowsOf(file, sink);
  if (rows.length === 0) return;
  const rewards = rewardColumns(rows);
  const metrics = rewards.length > 1 ? ['reward', ...rewards] : rewards;
  const steps = new OpenSteps(metrics, (result) => sink.result(result));
  for (const row of rows) {
    const own = rewards.map((name) => numberOf(row[name]));
    const known = own.filter((value) => Number.isFinite(value));
    const step = numberOf(row.step);
    const at = Number.isFinite(step) ? step : fileStep;
    if (at === null || known.length === 0) {
      sink.problem({
        code: 'no-sample',
        message: `A row has no ${at === null ? 'step' : 'reward'}; it was passed over.`,
      });
      continue;
    }
    const sum = known.reduce((a, b) => a + b, 0);
    steps.add(at, { ...textsOf(row), scores: rewards.length > 1 ? [sum, ...own] : own });
  }
  for (const result of steps.results()) sink.result(result);
}

async function rowsOf(file: ArrayBuffer, sink: DumpSink): Promise<readonly Row[]> {
  try {
    const metadata = parquetMetadata(file);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    return await parquetReadObjects({
      file,
      metadata,
      columns: columns.filter((name) => !media.test(name)),
      compressors: { ZSTD: (input) => decompress(input), GZIP: (input) => gunzipSync(input) },
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    sink.problem({
      code: 'torn-record',
      message: `It could not be read as Parquet (${error.message}); write it again.`,
    });
    return [];
  }
}

/** Of numbers, and not known to be something else. A reward that does not apply to a sample is missing there. */
function rewardColumns(rows: readonly Row[]): readonly string[] {
  const [first] = rows;
  return Object.keys(first ?? {}).filter((name) => {
    const field = sampleField(name);
    if (noReward.test(name) || (field !== 'other' && field !== 'score')) return false;
    const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined);
    return (
      values.length > 0 &&
      values.every((value) => typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    );
  });
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : Number.NaN;

function textsOf(row: Row): Omit<Sample, 'scores'> {
  const prompt = new TextHash();
  let hasPrompt = false;
  let answer = Number.NaN;
  for (const [name, value] of Object.entries(row)) {
    const field = sampleField(name);
    if (value === null || value === undefined) continue;
    const text = textOf(value);
    if (field === 'prompt' || field === 'truth') {
      prompt.add(text);
      hasPrompt ||= field === 'prompt';
    }
    if (field === 'output' && Number.isNaN(answer)) {
      const boxed = lastBoxed(text);
      if (boxed !== null) answer = hashAnswer(boxed);
    }
    if (field === 'answer' && text !== '') answer = hashAnswer(text);
  }
  return {
    uid: Number.NaN,
    prompt: hasPrompt ? prompt.value : Number.NaN,
    longPrompt: Number.NaN,
    answer,
    source: null,
    uncertainty: Number.NaN,
    uncertaintyPerToken: Number.NaN,
  };
}

/** A conversation is a list of messages. */
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : (JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '');
