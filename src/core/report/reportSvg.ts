import type { ForecastPoint } from '../forecast/forecaster.ts';
import type { ChartFrame, ChartSeries } from './chartFrame.ts';
import { chartFrame, placeIn } from './chartFrame.ts';
import { escapeXml } from './escapeXml.ts';
import { formatInterval } from './formatInterval.ts';
import { formatNumber } from './formatNumber.ts';
import { formatPercent } from './formatPercent.ts';
import type { Prediction } from './prediction.ts';
import { readableName } from './readableName.ts';
import { roundTicks } from './roundTicks.ts';
import { tickLabel } from './tickLabel.ts';
import { wrapText } from './wrapText.ts';
import { xWords } from './xWords.ts';

const size = { width: 920, height: 540 };
const plot = { left: 72, right: 730, top: 150, bottom: 470 };
/** Signs of the head's sizes that fit the width, by measure of a wide system font. */
const sentenceSigns = 88;
const whySigns = 118;

const style = `
text { font: 13px system-ui, sans-serif; fill: #333; font-variant-numeric: tabular-nums; }
.sentence { font-size: 17px; font-weight: 600; }
.quiet { fill: #5f5f5f; }
.ground { fill: #fff; }
.future { fill: #000; opacity: .04; }
.grid { stroke: #000; opacity: .12; }
.now { stroke: #5f5f5f; stroke-dasharray: 2 3; }
.solver, .none { --ink: #0b6fd6; }
.verifier { --ink: #b5570a; }
.gap { --ink: #2f7d32; }
.whisker { fill: none; stroke: var(--ink); stroke-opacity: .6; }
.line { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; }
.ahead { stroke-dasharray: 6 4; }
.verifier .ahead { stroke-dasharray: 3 3; }
.band { fill: var(--ink); opacity: .18; }
.limit { stroke: var(--ink); stroke-dasharray: 1 3; }
.lead { stroke: var(--ink); opacity: .7; }
.mark, .name { fill: var(--ink); }
.name { font-weight: 600; }
@media (prefers-color-scheme: dark) {
text { fill: #d4d4d4; } .quiet { fill: #a0a0a0; } .ground { fill: #1f1f1f; } .future { fill: #fff; } .grid { stroke: #fff; } .now { stroke: #a0a0a0; }
.solver, .none { --ink: #3794ff; } .verifier { --ink: #e08b45; } .gap { --ink: #7cc47f; }
}`;

/** The prediction as a picture that stands alone: no script, no font, no address; light or dark as its reader prefers. */
export function reportSvg(prediction: Prediction): string {
  const { report } = prediction;
  const frame = chartFrame(prediction);
  const head = [`${readableName(report.run)} · ${readableName(report.log)} · ${report.x.count} checkpoints`];
  const sentence = wrapText(report.sentence, sentenceSigns).slice(0, 2);
  const why = wrapText(report.why, whySigns).slice(0, 3);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(report.sentence)}</title>`,
    `<desc id="desc">${escapeXml(report.why)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${size.width}" height="${size.height}"/>`,
    ...head.map((line) => text(20, 26, line, 'quiet')),
    ...sentence.map((line, i) => text(20, 52 + 22 * i, line, 'sentence')),
    ...why.map((line, i) => text(20, 56 + 22 * sentence.length + 18 * i, line, 'quiet')),
    ...axes(frame, readableName(report.x.name)),
    ...frame.series.map((one) => drawSeries(frame, one)),
    ...limitLabels(frame),
    ...legend(frame),
    '</svg>',
    '',
  ].join('\n');
}

function text(
  x: number,
  y: number,
  words: string,
  className: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text x="${round(x)}" y="${round(y)}" class="${className}" text-anchor="${anchor}">${escapeXml(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function atX(frame: ChartFrame, x: number): number {
  return round(plot.left + Math.min(1, Math.max(0, placeIn(frame.x, x))) * (plot.right - plot.left));
}

/** Values beyond the frame end at its border. */
function atY(frame: ChartFrame, y: number): number {
  return round(plot.bottom - Math.min(1, Math.max(0, placeIn(frame.y, y))) * (plot.bottom - plot.top));
}

function axes(frame: ChartFrame, xName: string): string[] {
  const [ys, xs] = [roundTicks(frame.y, 5), roundTicks(frame.x, 6)];
  const now = frame.now === null ? null : atX(frame, frame.now);
  const word = xWords(xName)?.one ?? xName;
  return [
    ...(now === null
      ? []
      : [
          `<rect class="future" x="${now}" y="${plot.top}" width="${round(plot.right - now)}" height="${plot.bottom - plot.top}"/>`,
        ]),
    ...ys.values.flatMap((y) => [
      `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${atY(frame, y)}" y2="${atY(frame, y)}"/>`,
      text(plot.left - 8, atY(frame, y) + 4, tickLabel(y, ys.step), 'quiet', 'end'),
    ]),
    ...xs.values.map((x) => text(atX(frame, x), plot.bottom + 20, tickLabel(x, xs.step), 'quiet', 'middle')),
    text((plot.left + plot.right) / 2, plot.bottom + 40, xName, 'quiet', 'middle'),
    ...(now === null || frame.now === null
      ? []
      : [
          `<line class="now" x1="${now}" x2="${now}" y1="${plot.top}" y2="${plot.bottom}"/>`,
          text(
            now > plot.right - 120 ? now - 6 : now + 6,
            plot.top + 14,
            `now · ${word} ${formatNumber(frame.now)}`,
            'quiet',
            now > plot.right - 120 ? 'end' : 'start',
          ),
        ]),
  ];
}

function drawSeries(frame: ChartFrame, one: ChartSeries): string {
  const path = (points: readonly (readonly [number, number])[]): string =>
    points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${atX(frame, x)} ${atY(frame, y)}`).join('');
  const finite = one.forecast.filter(({ lower, upper }) => !Number.isNaN(lower) && !Number.isNaN(upper));
  const band = [
    ...finite.map(({ x, upper }) => [x, upper] as const),
    ...finite.map(({ x, lower }) => [x, lower] as const).reverse(),
  ];
  const [only] = finite.length === 1 ? finite : [];
  const limit = one.limit === null ? null : atY(frame, one.limit.value);
  return [
    `<g class="${one.role}">`,
    band.length > 2 ? `<path class="band" d="${path(band)}Z"/>` : '',
    only === undefined ? '' : errorBar(frame, one.role, only),
    limit === null ? '' : `<line class="limit" x1="${plot.left}" x2="${plot.right}" y1="${limit}" y2="${limit}"/>`,
    one.fitted.length > 1 ? `<path class="line" d="${path(one.fitted)}"/>` : '',
    one.forecast.length > 1
      ? `<path class="line ahead" d="${path(one.forecast.map(({ x, y }) => [x, y] as const))}"/>`
      : '',
    ...one.observed.map(([x, y]) => whisker(frame, x, y, one.errors.get(x))),
    ...one.observed.map(([x, y]) => mark(one.role, atX(frame, x), atY(frame, y))),
    '</g>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** One standard error up and down from a point. */
function whisker(frame: ChartFrame, x: number, y: number, error: number | undefined): string {
  if (error === undefined) return '';
  return `<path class="whisker" d="M${atX(frame, x)} ${atY(frame, y + error)}V${atY(frame, y - error)}"/>`;
}

/** A forecast at a single x: its interval upright, its value as a mark. */
function errorBar(frame: ChartFrame, role: ChartSeries['role'], { x, y, lower, upper }: ForecastPoint): string {
  const at = atX(frame, x);
  return `<path class="line" d="M${at} ${atY(frame, lower)}V${atY(frame, upper)}"/>${mark(role, at, atY(frame, y))}`;
}

/** Shape doubles colour: circles for the solver, diamonds for the verifier, squares for others. */
function mark(role: ChartSeries['role'], x: number, y: number): string {
  if (role === 'solver' || role === 'none') return `<circle class="mark" cx="${x}" cy="${y}" r="3.5"/>`;
  if (role === 'verifier') return `<path class="mark" d="M${x} ${round(y - 5)}l5 5l-5 5l-5 -5Z"/>`;
  return `<rect class="mark" x="${round(x - 3)}" y="${round(y - 3)}" width="6" height="6"/>`;
}

const labelHeight = 36;

/** At the right edge beside their lines, moved apart where they would touch and joined to them by a lead. */
function limitLabels(frame: ChartFrame): string[] {
  const wanted = frame.series
    .flatMap((one) => (one.limit === null ? [] : [{ one, limit: one.limit, y: atY(frame, one.limit.value) }]))
    .sort((a, b) => a.y - b.y);
  const lowest = plot.bottom + 24 - labelHeight * (wanted.length - 1);
  let free = plot.top;
  return wanted.map(({ one, limit, y }, i) => {
    const place = Math.min(Math.max(free, y - 4), lowest + labelHeight * i);
    free = place + labelHeight;
    const width = limit.upper - limit.lower;
    const name = one.role === 'none' ? '' : `${one.role} `;
    return [
      `<g class="${one.role}">`,
      `<line class="lead" x1="${plot.right}" y1="${y}" x2="${plot.right + 10}" y2="${round(place)}"/>`,
      text(plot.right + 14, place + 4, `${name}${one.limitWord} ${formatNumber(limit.value, width)}`, 'name'),
      text(
        plot.right + 14,
        place + 20,
        `${formatInterval(limit.lower, limit.upper)} (${formatPercent(limit.level)})`,
        'quiet',
      ),
      '</g>',
    ].join('\n');
  });
}

function legend(frame: ChartFrame): string[] {
  return frame.series.map((one, i) => {
    const x = plot.left + i * 200;
    const name = readableName(one.report.name);
    const shown = name.length > 24 ? `${name.slice(0, 23)}…` : name;
    return `<g class="${one.role}">${mark(one.role, x + 4, size.height - 14)}${text(x + 14, size.height - 10, shown, 'quiet')}</g>`;
  });
}
