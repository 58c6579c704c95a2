import { Table } from '../../runs/table.ts';
import { monitorNames } from '../sb3Monitor.ts';

interface Episode {
  readonly table: Table;
  readonly row: number;
  /** Unix seconds at which it ended. */
  readonly endedAt: number;
}

/**
 * One table of the Monitor files of environments that ran side by side: the episodes in the order in which they ended, the
 * steps summed over all environments (as load_results and ts2xy of Stable-Baselines3 do, common/monitor.py and
 * common/results_plotter.py). Times are seconds since the first environment started.
 */
export function joinMonitors(tables: readonly Table[]): Table {
  const episodes = tables.flatMap(episodesOf).sort((a, b) => a.endedAt - b.endedAt);
  const origin = Math.min(...tables.flatMap(({ segments }) => segments.map(({ startedAt }) => startedAt ?? 0)));
  const target = new Table();
  const cells = new Map(tables.map((table) => [table, cellsOf(table, target)]));
  const time = target.column(monitorNames.time);
  const stepColumn = target.column(monitorNames.steps);
  let steps = 0;
  for (const { table, row, endedAt } of episodes) {
    target.beginRow(table.lineOf(row));
    const own = cells.get(table)?.[row] ?? [];
    for (const { name, column, value } of own) {
      if (name === monitorNames.length) steps += value;
      target.number(column, value);
    }
    target.number(time, endedAt - origin);
    target.number(stepColumn, steps);
    target.endRow();
  }
  return target;
}

function episodesOf(table: Table): Episode[] {
  const time = table.find(monitorNames.time);
  const since = new Float64Array(table.rowCount).fill(Number.NaN);
  if (time !== undefined) for (let i = 0; i < time.rows.length; i++) since[time.rows.at(i)] = time.values.at(i);
  return table.segments.flatMap(({ firstRow, startedAt }, i) => {
    const end = table.segments[i + 1]?.firstRow ?? table.rowCount;
    return Array.from({ length: Math.max(0, end - firstRow) }, (_, j): Episode => {
      const row = firstRow + j;
      return { table, row, endedAt: (startedAt ?? 0) + (since[row] ?? 0) };
    });
  });
}

interface Cell {
  readonly name: string;
  readonly column: number;
  readonly value: number;
}

function cellsOf(table: Table, target: Table): readonly (readonly Cell[])[] {
  const cells: Cell[][] = Array.from({ length: table.rowCount }, () => []);
  for (const { name, facts, rows, values } of table.columns) {
    const column = target.column(name);
    if (facts !== null) target.describe(column, facts);
    for (let i = 0; i < rows.length; i++) cells[rows.at(i)]?.push({ name, column, value: values.at(i) });
  }
  return cells;
}
