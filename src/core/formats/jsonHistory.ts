import { isCounterName } from './counterName.ts';
import type { RowSink, Sample, TextFormat } from './format.ts';
import { DocumentParser } from './json/documentParser.ts';
import { type HistoryTable, hasCounter, historyTables } from './json/historyTables.ts';
import { parseTolerant } from './json/parseTolerant.ts';
import { isMetricName } from './metricName.ts';
import { decodedText } from './text/decodedText.ts';

const surely = 0.8;
const rowAxis = 'row';
/** Records that name samples are data or predictions, whatever was measured of them. */
const sampleId = /^(.*[_-])?(id|uid|uuid)$/i;

/** Columns or rows of numbers inside one JSON document: a Keras history, lists beside each other, a list of records. */
export const jsonHistory: TextFormat = {
  id: 'json-history',
  title: 'History in a JSON document',
  kind: 'text',
  mostConfidence: surely,
  sniff(sample) {
    if (!/^\ufeff?\s*[[{]/.test(sample.head)) return null;
    const tables = tablesIn(sample);
    const [best] = tables;
    if (best === undefined) return null;
    const names = [...best.columns.keys()];
    const metric = names.find(isMetricName);
    if (!hasCounter(best) && names.some((name) => sampleId.test(name))) return null;
    const isBare = names.join() === 'value' && best.name === '';
    if (metric === undefined && !hasCounter(best) && !isBare) return null;
    return {
      confidence: metric === undefined ? 0.5 : surely,
      because: `it is one JSON document with ${isBare ? 'a list of numbers' : `columns of numbers, \`${metric ?? names[0]}\` among them`}`,
    };
  },
  open: (sink) => decodedText(new DocumentParser(sink, (document) => put(sink, usable(historyTables(document))))),
};

/** Of a document that goes on behind the first block only its beginning is seen: closed where it was cut, it can be read. */
function tablesIn({ head, size, bytes }: Sample): HistoryTable[] {
  const document = size > bytes.length ? parseTolerant(closed(head)) : parseTolerant(head);
  return usable(historyTables(document));
}

function usable(tables: readonly HistoryTable[]): HistoryTable[] {
  const weight = (table: HistoryTable): number =>
    table.columns.size + (hasCounter(table) ? 100 : 0) + ([...table.columns.keys()].some(isMetricName) ? 50 : 0);
  return [...tables].sort((a, b) => weight(b) - weight(a));
}

/** The text up to its last whole value, with the brackets closed that are open there. */
function closed(text: string): string {
  const open: string[] = [];
  let lastWhole = 0;
  let stackThere: string[] = [];
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    if (inString) {
      if (sign === '\\') i += 1;
      else if (sign === '"') inString = false;
      continue;
    }
    if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') open.push(sign === '{' ? '}' : ']');
    else if (sign === '}' || sign === ']') open.pop();
    if (sign === ',' && open.length > 0) {
      lastWhole = i;
      stackThere = [...open];
    }
  }
  return text.slice(0, lastWhole) + stackThere.reverse().join('');
}

function put(sink: RowSink, tables: readonly HistoryTable[]): void {
  const [main] = tables;
  if (main === undefined) return;
  const groups = besideEachOther(tables);
  for (const group of groups) {
    // Each list counts for itself where several have nothing that counts them.
    const own = groups.length > 1 && !group.some(hasCounter) ? sink.column(rowAxis) : null;
    if (own !== null) sink.describe(own, { axis: 0, why: 'the place in its list' });
    const columns = group.flatMap((table) => {
      const prefix = table === main || table.name === main.name ? '' : `${table.name}/`;
      return [...table.columns].map(([name, values]) => ({
        column: sink.column(isCounterName(name) ? name : `${prefix}${name}`),
        values,
      }));
    });
    const length = columns[0]?.values.length ?? 0;
    for (let row = 0; row < length; row++) {
      sink.beginRow(1);
      if (own !== null) sink.number(own, row + 1);
      for (const { column, values } of columns) {
        const value = values[row];
        if (value !== null && value !== undefined) sink.number(column, value);
      }
      sink.endRow();
    }
  }
}

/** Tables without a counter of their own share the rows of the first one of their length. */
function besideEachOther(tables: readonly HistoryTable[]): HistoryTable[][] {
  const groups: HistoryTable[][] = [];
  for (const table of tables) {
    const group = hasCounter(table) ? undefined : groups.find(([first]) => lengthOf(first) === lengthOf(table));
    if (group === undefined) groups.push([table]);
    else group.push(table);
  }
  return groups;
}

const lengthOf = (table: HistoryTable | undefined): number => [...(table?.columns.values() ?? [])][0]?.length ?? 0;
