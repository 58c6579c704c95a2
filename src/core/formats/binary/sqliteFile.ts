import { decodeUtf8 } from '../bytes/utf8.ts';

export type SqliteValue = number | string | null;

export interface SqliteTable {
  readonly root: number;
  readonly columns: readonly string[];
}

const magic = 'SQLite format 3\0';
const leaf = 0x0d;
const interior = 0x05;
/** Deeper trees than this need more pages than a file can have. */
const deepest = 20;

export const isSqlite = (bytes: Uint8Array): boolean => decodeUtf8(bytes, 0, 16) === magic;

/**
 * Tables of an SQLite database, read from its bytes (https://www.sqlite.org/fileformat2.html): enough to walk over the rows
 * of a table, nothing else. Reading the file ourselves needs no lock, no write access and no library of 650 kB, and works
 * on every host. What stands in a write-ahead log beside the file is not seen. A broken page loses its rows only.
 */
export class SqliteFile {
  readonly #bytes: Uint8Array;
  readonly #pageSize: number;
  readonly #usable: number;
  readonly #decode: (from: Uint8Array) => string;
  /** Pages that could not be read. */
  brokenPages = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const size = this.#u16(16);
    this.#pageSize = size === 1 ? 65_536 : size;
    this.#usable = this.#pageSize - (bytes[20] ?? 0);
    const encoding = this.#u32(56);
    this.#decode =
      encoding === 2 || encoding === 3 ? decodeUtf16(encoding === 3) : (of) => decodeUtf8(of, 0, of.length);
  }

  /** Tables by name. */
  tables(): ReadonlyMap<string, SqliteTable> {
    const tables = new Map<string, SqliteTable>();
    this.rows({ root: 1, columns: [] }, ([type, name, , root, sql]) => {
      if (type === 'table' && typeof name === 'string' && typeof root === 'number' && typeof sql === 'string') {
        tables.set(name, { root, columns: columnNames(sql) });
      }
    });
    return tables;
  }

  /** Visits the rows in the order of their row ids, with the offset in the file at which each starts. */
  rows({ root }: SqliteTable, visit: (values: readonly SqliteValue[], at: number) => void): void {
    if (this.#pageSize < 512 || this.#usable < 480) {
      this.brokenPages += 1;
      return;
    }
    this.#walk(root, 0, new Set(), visit);
  }

  #walk(
    page: number,
    depth: number,
    seen: Set<number>,
    visit: (values: readonly SqliteValue[], at: number) => void,
  ): void {
    const start = (page - 1) * this.#pageSize;
    const header = start + (page === 1 ? 100 : 0);
    const kind = this.#bytes[header];
    const isWhole = page >= 1 && start + this.#pageSize <= this.#bytes.length;
    if (!isWhole || seen.has(page) || depth > deepest || (kind !== leaf && kind !== interior)) {
      this.brokenPages += 1;
      return;
    }
    seen.add(page);
    const count = this.#u16(header + 3);
    const pointers = header + (kind === leaf ? 8 : 12);
    for (let i = 0; i < count && pointers + 2 * i + 2 <= start + this.#pageSize; i += 1) {
      const cell = start + this.#u16(pointers + 2 * i);
      if (kind === interior) this.#walk(this.#u32(cell), depth + 1, seen, visit);
      else {
        const values = this.#readCell(cell, start + this.#usable);
        if (values === null) this.brokenPages += 1;
        else visit(values, cell);
      }
    }
    if (kind === interior) this.#walk(this.#u32(header + 8), depth + 1, seen, visit);
  }

  #readCell(cell: number, pageEnd: number): readonly SqliteValue[] | null {
    const [length, afterLength] = readVarint(this.#bytes, cell);
    const [, from] = readVarint(this.#bytes, afterLength);
    if (length > this.#bytes.length) return null;
    const most = this.#usable - 35;
    if (length <= most) {
      return from + length > pageEnd ? null : this.#readRecord(this.#bytes.subarray(from, from + length));
    }
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const wanted = least + ((length - least) % (this.#usable - 4));
    const local = wanted <= most ? wanted : least;
    if (from + local + 4 > pageEnd) return null;
    const record = new Uint8Array(length);
    record.set(this.#bytes.subarray(from, from + local));
    let filled = local;
    let page = this.#u32(from + local);
    // Each overflow page fills at least one byte, so that a ring of pages ends as well.
    while (filled < length) {
      const start = (page - 1) * this.#pageSize;
      if (page < 1 || start + this.#pageSize > this.#bytes.length) return null;
      const part = this.#bytes.subarray(start + 4, start + 4 + Math.min(length - filled, this.#usable - 4));
      record.set(part, filled);
      filled += part.length;
      page = this.#u32(start);
    }
    return this.#readRecord(record);
  }

  #readRecord(record: Uint8Array): readonly SqliteValue[] | null {
    const [headerLength, first] = readVarint(record, 0);
    if (headerLength > record.length) return null;
    const values: SqliteValue[] = [];
    let body = headerLength;
    for (let at = first; at < headerLength; ) {
      const [type, next] = readVarint(record, at);
      at = next;
      const size = type >= 12 ? Math.floor((type - 12) / 2) : (sizes[type] ?? 0);
      if (body + size > record.length) return null;
      values.push(this.#readValue(record, body, type, size));
      body += size;
    }
    return values;
  }

  #readValue(record: Uint8Array, at: number, type: number, size: number): SqliteValue {
    if (type === 8 || type === 9) return type - 8;
    if (type === 7) return new DataView(record.buffer, record.byteOffset + at, 8).getFloat64(0);
    if (type >= 1 && type <= 6) {
      let value = ((record[at] ?? 0) << 24) >> 24;
      for (let i = 1; i < size; i += 1) value = value * 256 + (record[at + i] ?? 0);
      return value;
    }
    return type >= 13 && type % 2 === 1 ? this.#decode(record.subarray(at, at + size)) : null;
  }

  #u16(at: number): number {
    return ((this.#bytes[at] ?? 0) << 8) | (this.#bytes[at + 1] ?? 0);
  }

  #u32(at: number): number {
    return this.#u16(at) * 65_536 + this.#u16(at + 2);
  }
}

/** Bytes of a value by its serial type. */
const sizes: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

/** Seven bits a byte, the first ones first; a ninth byte has eight. Exact to 2^53. */
function readVarint(bytes: Uint8Array, at: number): readonly [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 8; i += 1) {
    const byte = bytes[at + i] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + i + 1];
  }
  return [value * 256 + (bytes[at + 8] ?? 0), at + 9];
}

const decodeUtf16 =
  (isBigEndian: boolean) =>
  (bytes: Uint8Array): string => {
    let text = '';
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      const [first, second] = [bytes[i] ?? 0, bytes[i + 1] ?? 0];
      text += String.fromCharCode(isBigEndian ? first * 256 + second : second * 256 + first);
    }
    return text;
  };

/** Names of the columns in a CREATE TABLE statement, in the order of a row's values. */
function columnNames(sql: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  let part = '';
  const take = (): void => {
    const [, quoted, plain] = /^\s*(?:["`[]([^"`\]]*)["`\]]|([^\s"`[]+))/.exec(part) ?? [];
    const name = quoted ?? plain ?? '';
    const isConstraint = quoted === undefined && /^(constraint|primary|unique|check|foreign)$/i.test(name);
    if (name !== '' && !isConstraint) names.push(name);
    part = '';
  };
  for (const [token] of sql.slice(sql.indexOf('(')).matchAll(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|[\s\S]/g)) {
    if (token === '(' && depth++ === 0) continue;
    if (token === ')' && --depth === 0) break;
    if (token === ',' && depth === 1) take();
    else part += token;
  }
  take();
  return names;
}
