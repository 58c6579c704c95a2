import { isCounterName } from './counterName.ts';
import { DelimitedParser } from './delimited/delimitedParser.ts';
import { sniffTable } from './delimited/sniffTable.ts';
import type { TextFormat } from './format.ts';
import { isMetricName } from './metricName.ts';
import { wantedColumns } from './wantedColumns.ts';

/** A table with a header, its cells apart by comma, tab, semicolon or bar: wide, sparse or long. */
export const csv: TextFormat = {
  id: 'csv',
  title: 'Table with a header',
  kind: 'text',
  mostConfidence: 0.8,

  sniff(sample) {
    const table = sniffTable(sample);
    if (table === null || table.rows === 0 || table.rows < 0.6 * table.allRows || table.numberShare < 0.3) return null;
    const counter = table.names.find((name, i) => isCounterName(name) && (table.numbersBelow[i] ?? 0) > 0);
    const metric = table.names.find(isMetricName);
    if (counter === undefined && metric === undefined) return null;
    const named = [counter, metric].filter((name) => name !== undefined).map((name) => `\`${name}\``);
    return {
      confidence: counter !== undefined && metric !== undefined ? 0.8 : counter !== undefined ? 0.6 : 0.5,
      because: `its header names ${table.names.length === 1 ? 'one column' : `${table.names.length} columns`}, ${named.join(' and ')}${table.names.length === 1 ? '' : ' among them'}, with numbers below`,
    };
  },

  open(sink, sample, isWanted) {
    const table = sniffTable(sample);
    return new DelimitedParser(table?.delimiter ?? ',', sink, wantedColumns(sink, isWanted), table?.names);
  },
};
