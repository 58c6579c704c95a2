import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Cancelled, type Control, unwatched } from '../../src/core/control.ts';
import type { ListedFile } from '../../src/core/formats/folders/planFolder.ts';
import { Refusal } from '../../src/core/problem.ts';
import type { Opened } from '../../src/core/report/prediction.ts';
import { diskCache, noCache } from '../../src/engine/diskCache.ts';
import { DumpReader, type ReadDumps } from '../../src/engine/dumpReader.ts';
import { FileSource } from '../../src/engine/fileSource.ts';
import { listFolder } from '../../src/engine/listFolder.ts';
import { MemorySource } from '../../src/engine/memorySource.ts';
import { createNodeEngine } from '../../src/engine/nodeEngine.ts';
import type { ByteSource, LineCache } from '../../src/engine/ports.ts';
import { SampleTableReader } from '../../src/engine/sampleTableReader.ts';
import { inFolder } from '../support/inFolder.ts';

/** A prompt with responses that have so many bytes together. */
function step(at: number, bytes: number): string {
  const count = Math.max(2, Math.ceil(bytes / 1_000_000));
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      input: 'What is it?',
      output: `${'x'.repeat(bytes / count)} \\boxed{${i % 2}}`,
      score: i % 2,
      step: at,
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** Together more than what an index is kept for, and each more than a block. */
const stepBytes = 9_000_000;
const names = [1, 2, 3, 4, 5, 6].map((at) => `${at}.jsonl`);
const files = Object.fromEntries(names.map((name, i) => [`dump/${name}`, step(i + 1, stepBytes)]));
const sizeOf = (name: string): number => Buffer.byteLength(files[`dump/${name}`] ?? '');
const wholeSize = names.reduce((sum, name) => sum + sizeOf(name), 0);

async function open(folder: string, control: Control = unwatched): Promise<Opened> {
  const engine = createNodeEngine(join(folder, 'cache'));
  const opened = await engine.open(join(folder, 'dump'), {}, control);
  await engine.close(join(folder, 'dump'));
  return opened;
}

/** Wishes to stop as soon as this is said of the progress. */
function stoppingWhen(isEnough: (fraction: number, note: string) => boolean): Control {
  let isStopped = false;
  return {
    check() {
      if (isStopped) throw new Cancelled();
    },
    progress(fraction, note) {
      isStopped ||= isEnough(fraction, note);
    },
  };
}

const stepsOf = ({ report }: Opened): number => report.runs[0]?.x.count ?? 0;

const stoppedOnce = (isStopped: () => boolean): Control => ({
  check() {
    if (isStopped()) throw new Cancelled();
  },
  progress() {},
});

test('a first reading that is cancelled goes on where it was, in another process too', async () => {
  await inFolder(files, async (folder) => {
    await assert.rejects(
      open(
        folder,
        stoppingWhen((fraction) => fraction > 0.7),
      ),
      Cancelled,
    );
    const second = await open(folder);
    assert.equal(stepsOf(second), names.length);
    assert.ok(second.bytesRead <= sizeOf('5.jsonl') + sizeOf('6.jsonl'), `${second.bytesRead} bytes were read again`);
    assert.equal((await open(folder)).bytesRead, 0);
  });
});

test('progress is told in bytes of bytes, with the file, and within a large file too', async () => {
  await inFolder({ 'dump/1.jsonl': step(1, 100), 'dump/2.jsonl': step(2, 40_000_000) }, async (folder) => {
    const told: (readonly [number, string])[] = [];
    await open(folder, { check() {}, progress: (...said) => told.push(said) });
    const inLarge = told.filter(([, note]) => note.startsWith('reading 2.jsonl'));
    assert.ok(inLarge.length > 2, JSON.stringify(told));
    assert.match(inLarge.at(-1)?.[1] ?? '', /^reading 2\.jsonl, \d+ of 40 MB$/);
    assert.ok(told.length < 110);
    const fractions = inLarge.map(([fraction]) => fraction);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.ok(fractions.every((fraction) => fraction >= 0 && fraction <= 1));
  });
});

test('a cancelled reading does not wait for what is slow: a disk that does not answer, a table that does not end', async () => {
  const listed: readonly ListedFile[] = [1, 2, 3].map((at) => ({ path: `${at}.jsonl`, size: 1000, modifiedMs: 1 }));
  let opened = 0;
  let isStopped = false;
  const stuck: ByteSource = {
    name: 'stuck',
    state: () => new Promise(() => {}),
    read: () => new Promise(() => {}),
    close: () => Promise.resolve(),
  };
  const reader = new DumpReader('folder', {
    openSource: (path) => {
      opened += 1;
      isStopped = opened > 2;
      return Promise.resolve(isStopped ? stuck : new MemorySource(path, Buffer.from(step(1, 400))));
    },
    cache: noCache,
  });
  const control = stoppedOnce(() => isStopped);
  await assert.rejects(reader.refresh(listed, control), Cancelled);

  const tables = new SampleTableReader();
  isStopped = true;
  await assert.rejects(tables.read(new ArrayBuffer(8), 1, { result() {}, problem() {} }, control), Cancelled);
  await tables.close();
});

/** A source that answers only when it is let. */
class LateSource extends MemorySource {
  readonly #until: Promise<void>;
  readonly #closed: () => void;

  constructor(path: string, until: Promise<void>, closed: () => void) {
    super(path, Buffer.from(step(1, 400)));
    this.#until = until;
    this.#closed = closed;
  }

  override async state() {
    await this.#until;
    return super.state();
  }

  override async close(): Promise<void> {
    this.#closed();
    await super.close();
  }
}

for (const [what, prompt] of [
  ['the first, which tells what they are', 0],
  ['one that is read', 1],
] as const) {
  test(`a file that opens only after the reading was cancelled is closed: ${what}`, async () => {
    const listed: readonly ListedFile[] = [1, 2, 3].map((at) => ({ path: `${at}.jsonl`, size: 1000, modifiedMs: 1 }));
    let [opened, closed, isStopped] = [0, 0, false];
    let answer = (): void => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const reader = new DumpReader('folder', {
      openSource: (path) => {
        const isLate = opened >= prompt;
        opened += 1;
        // While it is waited for.
        if (isLate) setTimeout(() => (isStopped = true), 5);
        return Promise.resolve(
          new LateSource(path, isLate ? late : Promise.resolve(), () => {
            closed += 1;
          }),
        );
      },
      cache: noCache,
    });
    await assert.rejects(
      reader.refresh(
        listed,
        stoppedOnce(() => isStopped),
      ),
      Cancelled,
    );
    assert.ok(closed < opened);
    answer();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(closed, opened);
  });
}

/** Reads a folder whose files are changed by `meanwhile` once the first of them is open. */
async function readDuring(
  folder: string,
  meanwhile: (path: string) => void,
  look = async (reader: DumpReader): Promise<ReadDumps> => reader.refresh((await listFolder(folder)) ?? [], unwatched),
): Promise<{ readonly first: ReadDumps; readonly second: ReadDumps }> {
  let opened = 0;
  const reader = new DumpReader(folder, {
    openSource: (path) => {
      opened += 1;
      // The first is looked at to see what the folder is.
      if (opened === 2) meanwhile(path);
      return Promise.resolve(new FileSource(path));
    },
    cache: noCache,
  });
  return { first: await look(reader), second: await look(reader) };
}

const small = Object.fromEntries([1, 2, 3].map((at) => [`${at}.jsonl`, step(at, 100)]));

test('a file that grows while the folder is read is read again, one that vanishes costs only itself', async () => {
  await inFolder(small, async (folder) => {
    const { second } = await readDuring(folder, () => appendFileSync(join(folder, '3.jsonl'), step(4, 100)));
    assert.equal(second.runs[0]?.table.rowCount, 4);
    assert.equal(second.bytesRead, statSync(join(folder, '3.jsonl')).size);
  });
  await inFolder(small, async (folder) => {
    const { first, second } = await readDuring(folder, () => rmSync(join(folder, '2.jsonl')));
    assert.equal(first.runs[0]?.table.rowCount, 2);
    assert.deepEqual(
      first.runs[0]?.problems.map(({ code }) => code),
      ['unreadable'],
    );
    assert.deepEqual(second.runs[0]?.problems, []);
    assert.equal(second.bytesRead, 0);
  });
  await inFolder(small, async (folder) => {
    const { second } = await readDuring(folder, () => truncateSync(join(folder, '3.jsonl'), 60));
    assert.equal(second.runs[0]?.table.rowCount, 2);
  });
});

test('a file that fails in its middle costs only itself', async () => {
  const listed: readonly ListedFile[] = [1, 2, 3].map((at) => ({
    path: `${at}.jsonl`,
    size: stepBytes,
    modifiedMs: 1,
  }));
  const failing = (name: string, bytes: Uint8Array): ByteSource => {
    const source = new MemorySource(name, bytes);
    return {
      name,
      state: () => source.state(),
      close: () => source.close(),
      read(offset, into) {
        if (offset > 0) throw new Refusal('unreadable', `${name} could not be read (EIO).`);
        return source.read(offset, into);
      },
    };
  };
  const reader = new DumpReader('folder', {
    openSource: (path) => {
      const at = Number(/(\d)\.jsonl/.exec(path)?.[1]);
      const bytes = Buffer.from(step(at, stepBytes));
      return Promise.resolve(at === 2 ? failing(path, bytes) : new MemorySource(path, bytes));
    },
    cache: noCache,
  });
  const [run] = (await reader.refresh(listed, unwatched)).runs;
  assert.equal(run?.table.rowCount, 2);
  assert.match(run?.problems[0]?.message ?? '', /^2\.jsonl was left out: .*EIO/);
});

test('what was read is written down before much more is read: an end without a word costs little', async () => {
  const bytes = Buffer.from(step(1, 20_000_000));
  const listed = Array.from({ length: 40 }, (_, i) => ({ path: `${i}.jsonl`, size: bytes.length, modifiedMs: 1 }));
  let kept = 0;
  let opened = 0;
  let mostUnkept = 0;
  const keep = (lines: readonly string[]): Promise<void> => {
    kept += lines.length;
    return Promise.resolve();
  };
  const cache: LineCache = {
    load: () => Promise.resolve(),
    append: (_, lines) => keep(lines),
    replace: (_, lines) => keep(lines),
  };
  const reader = new DumpReader('folder', {
    openSource: (path) => {
      opened += 1;
      mostUnkept = Math.max(mostUnkept, opened - kept);
      return Promise.resolve(new MemorySource(path, bytes));
    },
    cache,
  });
  await reader.refresh(listed, unwatched);
  assert.equal(kept, listed.length);
  assert.ok(mostUnkept <= 20, `${mostUnkept} files of 20 MB were not written down`);
});

test('an index that was cut anywhere, damaged or written by another version is read anew, and mended', async () => {
  await inFolder(files, async (folder) => {
    const whole = await open(folder);
    const [name = ''] = readdirSync(join(folder, 'cache'));
    const index = join(folder, 'cache', name);
    const sound = readFileSync(index);
    const lineEnd = sound.indexOf(10);
    const damaged: Readonly<Record<string, Uint8Array>> = {
      empty: Buffer.alloc(0),
      'cut in a line': sound.subarray(0, lineEnd + 40),
      'without its last line end': sound.subarray(0, -1),
      'without its first bytes': sound.subarray(7),
      'no text': Buffer.from(sound.map((byte) => byte ^ 0xa5)),
      'of another version': Buffer.from(sound.toString().replace(/"version":\d+|^\[\d+/gm, (found) => `${found}9`)),
      'with other kinds of values': Buffer.from(sound.toString().replace(/:1\b|\b1,/g, '"1",')),
      'as deep as can be': Buffer.concat([Buffer.from('['.repeat(100_000)), sound]),
    };
    for (const [how, bytes] of Object.entries(damaged)) {
      writeFileSync(index, bytes);
      assert.deepEqual((await open(folder)).report, whole.report, how);
      assert.equal((await open(folder)).bytesRead, 0, `${how}: not mended`);
    }
  });
});

test('with an index not a byte of a known sample is read', async () => {
  await inFolder(files, async (folder) => {
    const dump = join(folder, 'dump');
    let read = 0;
    const look = async (): Promise<ReadDumps> => {
      const reader = new DumpReader(dump, {
        openSource: (path) => {
          const source = new FileSource(path);
          return Promise.resolve({
            name: path,
            state: () => source.state(),
            close: () => source.close(),
            async read(offset: number, into: Uint8Array) {
              const count = await source.read(offset, into);
              read += count;
              return count;
            },
          });
        },
        cache: diskCache(join(folder, 'cache')),
      });
      return reader.refresh((await listFolder(dump)) ?? [], unwatched);
    };
    await look();
    assert.ok(read >= wholeSize);
    read = 0;
    assert.equal((await look()).runs[0]?.table.rowCount, names.length);
    assert.equal(read, 0);
    writeFileSync(join(dump, '7.jsonl'), step(7, 100));
    assert.equal((await look()).runs[0]?.table.rowCount, names.length + 1);
    assert.ok(read <= 2 * Buffer.byteLength(step(7, 100)), `${read} bytes were read`);
  });
});

test('a look that finds nothing new asks for nothing, and any change of a file is seen', async () => {
  let opened = 0;
  const reader = new DumpReader('folder', {
    openSource: (path) => {
      opened += 1;
      return Promise.resolve(new MemorySource(path, Buffer.from(step(Number(/(\d)\.jsonl/.exec(path)?.[1]), 100))));
    },
    cache: noCache,
  });
  const listed: readonly ListedFile[] = [1, 2, 3].map((at) => ({ path: `${at}.jsonl`, size: 300, modifiedMs: 1 }));
  const look = (now: readonly ListedFile[]): Promise<ReadDumps> => reader.refresh(now, unwatched);
  const first = await look(listed);
  opened = 0;
  const again = await look(listed.map((file) => ({ ...file })));
  assert.deepEqual([again.bytesRead, opened], [0, 0]);
  assert.equal(again.runs[0]?.table, first.runs[0]?.table);
  for (const change of [{ size: 301 }, { modifiedMs: 2 }, { path: '4.jsonl' }]) {
    opened = 0;
    const now = await look(listed.map((file, i) => (i === 1 ? { ...file, ...change } : file)));
    assert.equal(opened, 1);
    assert.equal(now.runs[0]?.table.rowCount, 3);
  }
  assert.equal((await look(listed.slice(1))).runs[0]?.table.rowCount, 2);
});

test('a file may have more steps than a call can have arguments', async () => {
  const steps = 150_000;
  const many = Array.from({ length: steps }, (_, i) => `{"input":"a","output":"b","score":1,"step":${i + 2}}\n`).join(
    '',
  );
  await inFolder({ '1.jsonl': step(1, 100), '2.jsonl': many }, async (folder) => {
    const reader = new DumpReader(folder, {
      openSource: (path) => Promise.resolve(new FileSource(path)),
      cache: noCache,
    });
    const [run] = (await reader.refresh((await listFolder(folder)) ?? [], unwatched)).runs;
    assert.equal(run?.table.rowCount, steps + 1);
  });
});
