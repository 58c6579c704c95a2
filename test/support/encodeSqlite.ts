import { joinBytes, utf8 } from './encodeProtobuf.ts';

export type Stored = number | string | null;

export interface StoredTable {
  readonly name: string;
  readonly sql: string;
  readonly rows: readonly (readonly Stored[])[];
}

const pageSize = 512;

function varint(value: number): Uint8Array {
  const bytes = [value & 127];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 127) | 128);
  return Uint8Array.from(bytes);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}

function u32(value: number): Uint8Array {
  return joinBytes(u16(value >>> 16), u16(value & 65_535));
}

function stored(value: Stored): readonly [type: number, body: Uint8Array] {
  if (value === null) return [0, new Uint8Array(0)];
  if (typeof value === 'string') return [13 + 2 * utf8(value).length, utf8(value)];
  const body = new Uint8Array(8);
  const view = new DataView(body.buffer);
  if (!Number.isInteger(value)) {
    view.setFloat64(0, value);
    return [7, body];
  }
  if (value === 0 || value === 1) return [8 + value, new Uint8Array(0)];
  if (Math.abs(value) < 128) return [1, Uint8Array.of(value & 255)];
  view.setBigInt64(0, BigInt(value));
  return [6, body];
}

function record(values: readonly Stored[]): Uint8Array {
  const parts = values.map(stored);
  const types = joinBytes(...parts.map(([type]) => varint(type)));
  return joinBytes(varint(types.length + 1), types, ...parts.map(([, body]) => body));
}

/** A small SQLite database with pages of 512 bytes: leaves, one level above them, chains of overflow pages. */
export function encodeSqlite(tables: readonly StoredTable[]): Uint8Array {
  const pages: Uint8Array[] = [new Uint8Array(pageSize)];
  const add = (page: Uint8Array) => pages.push(page);

  const page = (kind: number, cells: readonly Uint8Array[], rightmost: number | null, offset = 0): Uint8Array => {
    const bytes = new Uint8Array(pageSize);
    let end = pageSize;
    const pointers = cells.map((cell) => {
      end -= cell.length;
      bytes.set(cell, end);
      return u16(end);
    });
    const header = joinBytes(Uint8Array.of(kind), u16(0), u16(cells.length), u16(end), Uint8Array.of(0));
    bytes.set(joinBytes(header, rightmost === null ? new Uint8Array(0) : u32(rightmost), ...pointers), offset);
    return bytes;
  };

  const cell = (rowId: number, values: readonly Stored[]): Uint8Array => {
    const whole = record(values);
    const head = joinBytes(varint(whole.length), varint(rowId));
    if (whole.length <= pageSize - 35) return joinBytes(head, whole);
    const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
    const wanted = least + ((whole.length - least) % (pageSize - 4));
    const local = wanted <= pageSize - 35 ? wanted : least;
    const chunks: Uint8Array[] = [];
    for (let at = local; at < whole.length; at += pageSize - 4) chunks.push(whole.slice(at, at + pageSize - 4));
    let next = 0;
    for (const chunk of chunks.toReversed()) {
      const overflow = new Uint8Array(pageSize);
      overflow.set(joinBytes(u32(next), chunk));
      next = add(overflow);
    }
    return joinBytes(head, whole.slice(0, local), u32(next));
  };

  const leaves = (rows: readonly (readonly Stored[])[]): Uint8Array[][] => {
    const groups: Uint8Array[][] = [[]];
    let room = pageSize - 8;
    rows.forEach((values, i) => {
      const bytes = cell(i + 1, values);
      if (bytes.length + 2 > room) {
        groups.push([]);
        room = pageSize - 8;
      }
      groups.at(-1)?.push(bytes);
      room -= bytes.length + 2;
    });
    return groups;
  };

  const roots = tables.map(({ rows }) => {
    const children = leaves(rows).map((cells) => add(page(0x0d, cells, null)));
    if (children.length === 1) return children[0] ?? 0;
    const pointers = children.slice(0, -1).map((child, i) => joinBytes(u32(child), varint(i + 1)));
    return add(page(0x05, pointers, children.at(-1) ?? 0));
  });
  const master = tables.map(({ name, sql }, i) => cell(i + 1, ['table', name, name, roots[i] ?? 0, sql]));
  const first = page(0x0d, master, null, 100);
  first.set(joinBytes(utf8('SQLite format 3\0'), u16(pageSize)));
  first.set(u32(1), 56);
  pages[0] = first;
  return joinBytes(...pages);
}
