// One peer reads one log in a process of its own: node bench/peers/read.mjs READER LOG. Prints what it counted as JSON.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';

const wanted = ['step', 'solver_uncertainty', 'verifier_uncertainty'];
const blockBytes = 1 << 20;

/** Numbers of one name in a typed array that doubles. */
class Column {
  #values = new Float64Array(1024);
  length = 0;

  push(/** @type {number} */ value) {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  sum() {
    return this.#values
      .subarray(0, this.length)
      .reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0);
  }
}

/** Blocks of a file. */
function* blocks(/** @type {string} */ path) {
  const file = openSync(path, 'r');
  const block = Buffer.allocUnsafe(blockBytes);
  for (let count = readSync(file, block); count > 0; count = readSync(file, block)) yield block.subarray(0, count);
  closeSync(file);
}

function* lines(/** @type {string} */ path) {
  const decoder = new TextDecoder();
  let rest = '';
  for (const block of blocks(path)) {
    const parts = (rest + decoder.decode(block, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

/** JSON with Python's NaN, which is in one line of two hundred: only those pay for it. */
function parseLine(/** @type {string} */ line) {
  try {
    return JSON.parse(line);
  } catch {
    return JSON.parse(line.replace(/: (NaN|-?Infinity)/g, ': null'));
  }
}

const totals = (/** @type {readonly Column[]} */ columns) => ({
  rows: Math.max(...columns.map(({ length }) => length)),
  sum: columns.reduce((sum, column) => sum + column.sum(), 0),
});

const duckdbOnTwoThreads = async () => {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
};

/** The series, as its API hands columns over. */
async function duckdb(/** @type {string} */ from) {
  const connection = await duckdbOnTwoThreads();
  const reader = await connection.runAndReadAll(`SELECT ${wanted.join(', ')} FROM ${from}`);
  const columns = reader.getColumns();
  let sum = 0;
  for (const values of columns) {
    for (const value of values) if (typeof value === 'number' && Number.isFinite(value)) sum += value;
  }
  return { rows: Math.max(...columns.map(({ length }) => length)), sum };
}

/** No series, but what they sum up to, which is less work: no value leaves the engine. */
async function duckdbSums(/** @type {string} */ from) {
  const connection = await duckdbOnTwoThreads();
  const sums = wanted.map((name) => `sum(${name})`).join(' + ');
  const reader = await connection.runAndReadAll(`SELECT count(*), ${sums} FROM ${from}`);
  const [rows, sum] = reader.getRows()[0] ?? [];
  return { rows: Number(rows), sum: Number(sum) };
}

async function polarsColumns(/** @type {string} */ path, /** @type {readonly string[]} */ names) {
  const { default: polars } = await import('nodejs-polars');
  const table = polars
    .scanCSV(path)
    .select(...names)
    .collectSync();
  return { rows: table.height, sum: wanted.reduce((sum, name) => sum + table.getColumn(name).sum(), 0) };
}

const columnTypes = `{${wanted.map((name) => `${name}: 'DOUBLE'`).join(', ')}}`;

/** @type {Record<string, (path: string) => unknown>} */
const readers = {
  /** What no reader in Node can be below: a process that looks at no byte. */
  bytes(path) {
    let rows = 0;
    for (const block of blocks(path)) rows += block.length > 0 ? 1 : 0;
    return { rows, sum: 0 };
  },
  duckdbJson: (path) => duckdb(`read_json('${path}', format='newline_delimited', columns=${columnTypes})`),
  duckdbJsonSums: (path) => duckdbSums(`read_json('${path}', format='newline_delimited', columns=${columnTypes})`),
  duckdbCsv: (path) => duckdb(`read_csv('${path}')`),
  jsonParse(path) {
    const columns = wanted.map(() => new Column());
    for (const line of lines(path)) {
      const record = parseLine(line);
      wanted.forEach((name, i) => {
        if (typeof record[name] === 'number') columns[i]?.push(record[name]);
      });
    }
    return totals(columns);
  },
  jsonParseAll(path) {
    const columns = new Map();
    const visit = (/** @type {string} */ name, /** @type {unknown} */ value) => {
      if (typeof value === 'number') {
        let column = columns.get(name);
        if (column === undefined) {
          column = new Column();
          columns.set(name, column);
        }
        column.push(value);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, nested] of Object.entries(value)) visit(name === '' ? key : `${name}/${key}`, nested);
      }
    };
    for (const line of lines(path)) visit('', parseLine(line));
    return totals([...columns.values()]);
  },
  polarsCsv: (path) => polarsColumns(path, wanted),
  polarsCsvSix: (path) => polarsColumns(path, [...wanted, 'epoch', 'gap', 'lr-AdamW']),
  async udsv(path) {
    const { inferSchema, initParser } = await import('udsv');
    const decoder = new TextDecoder();
    const columns = wanted.map(() => new Column());
    let parser = null;
    /** @type {readonly number[]} */
    let places = [];
    const take = (/** @type {readonly string[]} */ row) => {
      for (const [i, place] of places.entries()) columns[i]?.push(Number(row[place]));
    };
    for (const block of blocks(path)) {
      const text = decoder.decode(block, { stream: true });
      if (parser === null) {
        const schema = inferSchema(text);
        parser = initParser(schema);
        places = wanted.map((name) => schema.cols.findIndex((column) => column.name === name));
      }
      parser.chunk(text, parser.stringArrs, take);
    }
    parser?.end();
    return totals(columns);
  },
  async udsvAll(path) {
    const { inferSchema, initParser } = await import('udsv');
    const decoder = new TextDecoder();
    /** @type {Column[]} */
    let columns = [];
    let parser = null;
    const take = (/** @type {readonly unknown[]} */ row) => {
      for (let i = 0; i < columns.length; i++) {
        const value = row[i];
        if (typeof value === 'number') columns[i]?.push(value);
      }
    };
    for (const block of blocks(path)) {
      const text = decoder.decode(block, { stream: true });
      if (parser === null) {
        const schema = inferSchema(text);
        parser = initParser(schema);
        columns = schema.cols.map(() => new Column());
      }
      parser.chunk(text, parser.typedArrs, take);
    }
    parser?.end();
    return totals(columns);
  },
  async readline(path) {
    const columns = new Map();
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      const found = /(?:^|[^\w/])step:(\d+) - (.*)$/.exec(line);
      if (found === null) continue;
      for (const [, name, value] of `step:${found[1]} - ${found[2]}`.matchAll(/([\w/.-]+):(-?[\d.]+(?:e[-+]?\d+)?)/g)) {
        let column = columns.get(name);
        if (column === undefined) {
          column = new Column();
          columns.set(name, column);
        }
        column.push(Number(value));
      }
    }
    return totals([...columns.values()]);
  },
};

const [name = '', path = ''] = process.argv.slice(2);
const read = readers[name];
if (read === undefined) throw new Error(`There is no reader ${name}.`);
const counted = await read(path);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  `${JSON.stringify({ ...counted, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 })}\n`,
);
