import { isSqlite, SqliteFile } from './binary/sqliteFile.ts';
import type { BinaryFormat, Sample } from './format.ts';
import { type Judgement, sayWhatItIs } from './judgement.ts';

interface Kind extends Judgement {
  /** Begins with these bytes, a letter a byte. */
  readonly begins: string;
  readonly at?: number;
}

const weights = 'Open the log that was written beside it (trainer_state.json, metrics.csv, an event file).';
const pictures = 'Open the log that its numbers came from.';
const tables = 'Export its table to CSV or JSON lines and open that.';

const kinds: readonly Kind[] = [
  { begins: 'PK\x03\x04', is: 'a zip archive (a checkpoint, arrays or a package)', instead: weights },
  { begins: '\x80\x02', is: 'a Python pickle', instead: weights },
  { begins: '\x80\x04', is: 'a Python pickle', instead: weights },
  { begins: '\x93NUMPY', is: 'a NumPy array', instead: tables },
  { begins: '\x89HDF', is: 'an HDF5 file', instead: weights },
  { begins: 'GGUF', is: 'a model in GGUF format', instead: weights },
  { begins: '{"__metadata__"', at: 8, is: 'model weights (safetensors)', instead: weights },
  { begins: 'PAR1', is: 'a Parquet table', instead: tables },
  { begins: 'ARROW1', is: 'an Arrow table', instead: tables },
  { begins: '\x89PNG', is: 'a picture', instead: pictures },
  { begins: '\xff\xd8\xff', is: 'a picture', instead: pictures },
  { begins: 'GIF8', is: 'a picture', instead: pictures },
  { begins: '%PDF', is: 'a PDF document', instead: pictures },
  { begins: '\x7fELF', is: 'a program', instead: pictures },
];

/** What a binary file is that holds no curves, and what to open instead; null where that is not known. */
function judge({ bytes, fileName, folders }: Sample): Judgement | null {
  const isInAim = folders.includes('.aim');
  if (isInAim && (/\.sst$/.test(fileName) || isSqlite(bytes))) {
    return {
      is: 'a part of an Aim store, which keeps its values in a RocksDB database',
      instead: 'Export the run from Aim (its UI or `Run.dataframe()`) to CSV and open that.',
    };
  }
  if (isSqlite(bytes)) {
    const found = new SqliteFile(bytes).tables();
    if (found.has('experiment') && found.has('chart')) {
      return {
        is: 'the index of a SwanLab folder, without values',
        instead: 'Open backup.swanlab or a metric in logs/ of one of its runs.',
      };
    }
    return { is: 'an SQLite database of a program that is not known', instead: tables };
  }
  return (
    kinds.find(({ begins, at = 0 }) => [...begins].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))) ?? null
  );
}

/** Binary files that are no logs: said to be what they are, with what to open instead. */
export const otherBinary: BinaryFormat = {
  kind: 'binary',
  id: 'not-a-log',
  title: 'No training log',
  mostConfidence: 0.9,
  sniff(sample) {
    const judged = judge(sample);
    return judged === null ? null : { confidence: 0.9, because: `it is ${judged.is}` };
  },
  open: (sink, sample) => sayWhatItIs(sink, sample, judge(sample), { byte: 0 }),
};
