import { median } from './support/middles.ts';
import {
  bundleReader,
  hasPeers,
  inTemporaryFolder,
  makeLog,
  peerReader,
  type Reading,
  read,
} from './support/readers.ts';

/**
 * Reads large generated logs beside the readers that npm has for them, each in a process of its own and in turn, and prints
 * medians and ratios. `npm install --ignore-scripts --prefix bench/peers`, then
 * `node --import tsx bench/ingest.ts [MB] [rounds] [job …]`; a job is jsonl, jsonlAll, csv, csvAll, console, tfevents or memory.
 * The goals for JSON lines are those of 500 MB: of a smaller log, starting and recognising it are a larger share, and the
 * memory of DuckDB, which ours is held against, is smaller.
 */
const [megabytes = '100', rounds = '3', ...jobs] = process.argv.slice(2);
const three = 'step,solver_uncertainty,verifier_uncertainty';

interface Target {
  readonly peer: string;
  readonly of: 'wallMs' | 'cpuMs' | 'peakMb';
  readonly most: number;
}

const units = { wallMs: 'wall', cpuMs: 'CPU', peakMb: 'memory' } as const;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

function compare(
  title: string,
  log: string,
  commands: Readonly<Record<string, readonly string[]>>,
  targets: readonly Target[],
): void {
  const readings = new Map<string, Reading[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < Number(rounds); round++) {
    for (const [name, command] of Object.entries(commands)) readings.get(name)?.push(read(command, log));
  }
  const of = (name: string, what: Target['of'] | 'rows' | 'sum'): number =>
    median((readings.get(name) ?? []).map((reading) => reading[what]));
  say(`\n${title}`);
  for (const name of Object.keys(commands)) {
    const [wall, cpu, peak] = [of(name, 'wallMs'), of(name, 'cpuMs'), of(name, 'peakMb')];
    say(
      `  ${name.padEnd(22)} ${wall.toFixed(0).padStart(7)} ms wall ${cpu.toFixed(0).padStart(7)} ms CPU ${peak.toFixed(0).padStart(6)} MB   ${of(name, 'rows')} rows, sum ${of(name, 'sum').toPrecision(12)}`,
    );
  }
  for (const { peer, of: what, most } of targets) {
    if (!(peer in commands)) continue;
    const ratio = of('ours', what) / of(peer, what);
    say(`  ${units[what]} ours / ${peer}: ${ratio.toFixed(2)} (goal ${most})`);
  }
}

async function compareAll(folder: string): Promise<void> {
  const wants = (job: string): boolean => jobs.length === 0 || jobs.includes(job);
  const isWithPeers = hasPeers();
  if (!isWithPeers) say('bench/peers is not installed: readers that Node brings are all the peers.');
  const peer = (name: string): Readonly<Record<string, readonly string[]>> =>
    isWithPeers ? { [name]: peerReader(name) } : {};
  const ours = await bundleReader(folder, 'ours');
  const size = ['--mb', megabytes];
  if (wants('jsonl') || wants('jsonlAll')) {
    const log = makeLog(folder, 'metrics.jsonl', '--kind', 'jsonl', ...size);
    if (wants('jsonl')) {
      compare(
        `JSON lines, ${megabytes} MB, three series`,
        log,
        {
          ours: [ours, three],
          ...peer('duckdbJson'),
          ...peer('duckdbJsonSums'),
          jsonParse: peerReader('jsonParse'),
          bytes: peerReader('bytes'),
        },
        [
          { peer: 'duckdbJson', of: 'wallMs', most: 0.5 },
          { peer: 'duckdbJson', of: 'cpuMs', most: 0.4 },
          { peer: 'duckdbJson', of: 'peakMb', most: 0.22 },
          { peer: 'jsonParse', of: 'wallMs', most: 0.28 },
        ],
      );
    }
    if (wants('jsonlAll')) {
      compare(
        `JSON lines, ${megabytes} MB, every number`,
        log,
        { ours: [ours, 'all'], jsonParseAll: peerReader('jsonParseAll') },
        [{ peer: 'jsonParseAll', of: 'wallMs', most: 0.6 }],
      );
    }
  }
  if (wants('csv') || wants('csvAll')) {
    const log = makeLog(folder, 'metrics.csv', '--kind', 'csv', ...size);
    if (wants('csv')) {
      // Ours reads six: of a run it also tells epochs, the gap and the learning rate. Beside it Polars reads the same six.
      compare(
        `CSV, ${megabytes} MB, three of 24 columns`,
        log,
        {
          ours: [ours, three],
          ...peer('polarsCsv'),
          ...peer('polarsCsvSix'),
          ...peer('udsv'),
          ...peer('duckdbCsv'),
          bytes: peerReader('bytes'),
        },
        [
          { peer: 'polarsCsv', of: 'cpuMs', most: 1 },
          { peer: 'polarsCsvSix', of: 'cpuMs', most: 1 },
          { peer: 'polarsCsv', of: 'peakMb', most: 0.3 },
          { peer: 'udsv', of: 'wallMs', most: 0.31 },
        ],
      );
    }
    if (wants('csvAll')) {
      compare(`CSV, ${megabytes} MB, every number`, log, { ours: [ours, 'all'], ...peer('udsvAll') }, [
        { peer: 'udsvAll', of: 'wallMs', most: 0.8 },
      ]);
    }
  }
  if (wants('console')) {
    const log = makeLog(folder, 'train.log', '--kind', 'console', ...size);
    const readers = { ours: [ours, 'all'], readline: peerReader('readline'), bytes: peerReader('bytes') };
    compare(`Console, ${megabytes} MB`, log, readers, [{ peer: 'readline', of: 'wallMs', most: 0.2 }]);
  }
  if (wants('tfevents')) {
    const unchecked = await bundleReader(folder, 'unchecked', {
      file: /binary[\\/]soundRecords\.ts$/,
      parts: [
        {
          from: 'bytes.getUint32(end - 4, true) === maskedCrc32c(bytes, at + headerLength, end - 4)',
          to: 'end > at && bytes.byteLength > 0',
        },
        { from: 'length < leastBytes || length > mostBlock', to: 'true' },
      ],
    });
    const log = makeLog(folder, 'events.out.tfevents.1.host', '--kind', 'tfevents', ...size);
    compare(`TensorBoard events, ${megabytes} MB`, log, { ours: [ours, 'all'], unchecked: [unchecked, 'all'] }, [
      { peer: 'unchecked', of: 'cpuMs', most: 1.2 },
    ]);
  }
  if (wants('memory')) {
    say('\nMemory, JSON lines, every number: beyond 12 bytes a kept value it does not grow with the log');
    for (const mb of ['50', '500']) {
      const log = makeLog(folder, `of${mb}.jsonl`, '--kind', 'jsonl', '--mb', mb);
      const all = read([ours, 'all'], log);
      say(`  ${mb} MB: peak ${all.peakMb.toFixed(0)} MB, ${all.rows} rows`);
    }
  }
}

inTemporaryFolder(compareAll).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
