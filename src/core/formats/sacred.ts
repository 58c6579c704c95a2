import type { RowSink, TextFormat } from './format.ts';
import { DocumentParser } from './json/documentParser.ts';
import { parseTolerant } from './json/parseTolerant.ts';
import { decodedText } from './text/decodedText.ts';

interface Metric {
  readonly name: string;
  readonly steps: readonly unknown[];
  readonly values: readonly unknown[];
}

/** Sacred's metrics.json: `{name: {steps: […], timestamps: […], values: […]}}`. */
export const sacred: TextFormat = {
  id: 'sacred',
  title: 'Sacred metrics.json',
  kind: 'text',
  mostConfidence: 0.97,
  sniff({ head, size, bytes }) {
    if (!/^\ufeff?\s*\{/.test(head) || !head.includes('"steps"')) return null;
    const isSo =
      size > bytes.length
        ? /^\ufeff?\s*\{\s*"[^"]*"\s*:\s*\{\s*"steps"\s*:\s*\[/.test(head) && /"timestamps"|"values"/.test(head)
        : metricsOf(parseTolerant(head)).length > 0;
    return isSo
      ? { confidence: 0.97, because: 'each metric has its steps and values, as Sacred writes metrics.json' }
      : null;
  },
  open: (sink) => decodedText(new DocumentParser(sink, (document) => put(sink, metricsOf(document)))),
};

function metricsOf(document: unknown): Metric[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return [];
  return Object.entries(document).flatMap(([name, metric]: [string, unknown]) => {
    if (typeof metric !== 'object' || metric === null || !('steps' in metric) || !('values' in metric)) return [];
    const { steps, values } = metric;
    return Array.isArray(steps) && Array.isArray(values) ? [{ name, steps, values }] : [];
  });
}

function put(sink: RowSink, metrics: readonly Metric[]): void {
  const stepColumn = sink.column('step');
  for (const { name, steps, values } of metrics) {
    const column = sink.column(name);
    values.forEach((value, i) => {
      const step = steps[i];
      sink.beginRow(1);
      if (typeof step === 'number') sink.number(stepColumn, step);
      // Sacred keeps one place a step: the point is there, but its value went wrong.
      sink.number(column, typeof value === 'number' ? value : Number.NaN);
      sink.endRow();
    });
  }
}
