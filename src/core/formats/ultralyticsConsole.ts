import type { RowSink, TextFormat } from './format.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { sampleLines } from './text/sampleLines.ts';
import { axisFacts, type Cell, writeRow } from './text/writeRow.ts';

const epochHeader = /^\s*Epoch\s+gpu_mem\s+(\S.*)$/i;
const scoreHeader = /^\s*Class\s+Images\s+(?:Instances|Labels|Targets)\s+(\S.*)$/i;
const bar = /^\s*(\d+)\/(\d+)\s+[\d.]+[GM]?\s+([-+\d.\sa-z]+):\s*(\d+)%/;
const scores = /^\s*all\s+\d+\s+\d+\s+(\S.*)$/;
const facts = axisFacts('its bars count epochs', 'epoch');

/** Ultralytics and YOLOv5 to 7: a bar of losses for each epoch, and a row of scores below it. */
export const ultralyticsConsole: TextFormat = {
  id: 'ultralytics-console',
  title: 'Ultralytics console',
  kind: 'text',
  mostConfidence: 0.95,
  sniff(sample) {
    const lines = sampleLines(sample);
    if (!lines.some((line) => epochHeader.test(line)) || !lines.some((line) => bar.test(line))) return null;
    return { confidence: 0.95, because: 'its bars of losses stand below a header `Epoch GPU_mem …`' };
  },
  open: (sink) => consoleParser(sink, readerFrom({ losses: [], metrics: [], epoch: null })),
};

interface Epoch {
  readonly line: number;
  readonly number: number;
  /** As its last bar reads: it is drawn anew many times. */
  readonly losses: string;
  readonly names: readonly string[];
  /** Empty until the row of scores has come; a later one is another data set's. */
  readonly scores: readonly Cell[];
  readonly isFull: boolean;
}

interface State {
  readonly losses: readonly string[];
  readonly metrics: readonly string[];
  readonly epoch: Epoch | null;
}

function readerFrom(start: State): ConsoleReader {
  let state = start;
  const write = (sink: RowSink): void => {
    const { epoch } = state;
    state = { ...state, epoch: null };
    // The bar of an epoch that was broken off holds the mean of a part.
    if (epoch === null || !(epoch.isFull || epoch.scores.length > 0)) return;
    writeRow(
      sink,
      epoch.line,
      [['epoch', epoch.number], ...cellsOf(epoch.names, epoch.losses), ...epoch.scores],
      facts,
    );
  };
  return {
    read(text, line, sink, isWhole) {
      const header = epochHeader.exec(text);
      if (header !== null) {
        state = { ...state, losses: lossNames(header[1] ?? '') };
        return;
      }
      const classes = scoreHeader.exec(text);
      if (classes !== null) {
        state = { ...state, metrics: metricNames(classes[1] ?? '') };
        return;
      }
      const found = bar.exec(text);
      if (found !== null) {
        const number = Number(found[1]);
        if (state.epoch !== null && (state.epoch.number !== number || state.epoch.scores.length > 0)) write(sink);
        if (state.epoch === null) sink.budget({ x: Number(found[2]), unit: 'epoch', from: 'its bars' });
        const { losses: names } = state;
        const losses = found[3] ?? '';
        state = { ...state, epoch: { line, number, losses, names, scores: [], isFull: found[4] === '100' } };
        return;
      }
      const row = isWhole ? scores.exec(text) : null;
      const { epoch } = state;
      if (row === null || epoch === null || epoch.scores.length > 0) return;
      state = { ...state, epoch: { ...epoch, scores: cellsOf(state.metrics, row[1] ?? '') } };
    },
    end: write,
    copy: () => readerFrom(state),
  };
}

/** The losses stand before the counts of objects and the image size. */
function lossNames(header: string): readonly string[] {
  const names = header.trim().split(/\s+/);
  const end = names.findIndex((name) => /^(?:instances|labels|targets|total|size|img_size)$/i.test(name));
  return end < 0 ? names : names.slice(0, end);
}

/** `Box(P R mAP50 mAP50-95): 100%|…` names P, R, mAP50, mAP50-95. */
function metricNames(header: string): readonly string[] {
  const end = header.search(/:?\s*\d+%/);
  const names = (end < 0 ? header : header.slice(0, end)).trim().split(/\s+/);
  return names.map((name) => name.replace(/^\w+\(/, '').replace(/[):]+$/, ''));
}

function cellsOf(names: readonly string[], text: string): readonly Cell[] {
  const values = text.trim().split(/\s+/);
  return names.flatMap((name, i): Cell[] => {
    const value = parseNumber(values[i] ?? '');
    return value === undefined ? [] : [[name, value]];
  });
}
