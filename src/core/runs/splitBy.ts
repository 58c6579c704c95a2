import type { Column } from './table.ts';

/** Rows by the values of some columns, in the order in which they first come. */
export function splitBy(rows: Int32Array, columns: readonly Column[], isNamed = true): Map<string, Int32Array> {
  if (columns.length === 0) return new Map([['', rows]]);
  const cells = columns.map((column) => {
    const values = new Map<number, string>();
    for (let i = 0; i < column.rows.length; i++) values.set(column.rows.at(i), String(column.values.at(i)));
    for (let i = 0; i < column.textRows.length; i++) {
      values.set(column.textRows.at(i), column.texts[column.textCodes.at(i)] ?? '');
    }
    return { name: column.name.trim(), values };
  });
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const label = cells
      .map(({ name, values }) => (isNamed ? `${name}=${values.get(row) ?? ''}` : (values.get(row) ?? '')))
      .join(isNamed ? ', ' : '/');
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  return new Map([...groups].map(([label, members]) => [label, Int32Array.from(members)]));
}
