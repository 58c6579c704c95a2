import { Table } from '../runs/table.ts';
import { addMetrics, EstimateColumns, runSize, stepColumn } from './rolloutColumns.ts';
import type { MetricValues, StepResult } from './stepResult.ts';

/** Results of the steps of one run that stand apart, such as those of training and of validation. */
export interface ResultPart {
  /** Put before the names of its series. */
  readonly prefix: string;
  readonly results: readonly StepResult[];
}

/** The table of a run: a row a step, in the order of the steps. Of two results of one step the later holds. */
export function rolloutTable(parts: readonly ResultPart[]): Table {
  const table = new Table();
  const named = parts.map(({ prefix, results }) => {
    const metrics = new Map<string, MetricValues>();
    for (const result of results) addMetrics(metrics, result);
    const byStep = new Map(results.map((result) => [result.step, result]));
    return { byStep, columns: new EstimateColumns(table), names: { prefix, size: runSize(results), metrics } };
  });
  const steps = [...new Set(named.flatMap(({ byStep }) => [...byStep.keys()]))].sort((a, b) => a - b);
  const column = stepColumn(table);
  for (const step of steps) {
    table.beginRow(1);
    table.number(column, step);
    for (const { byStep, columns, names } of named) {
      const result = byStep.get(step);
      if (result !== undefined) columns.put(result, names);
    }
    table.endRow();
  }
  return table;
}
