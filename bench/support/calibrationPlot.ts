import { escapeXml } from '../../src/core/report/escapeXml.ts';

/** How often intervals of one kind held, at each level asked. */
export interface Held {
  readonly name: string;
  readonly shares: readonly number[];
}

export interface Panel {
  readonly title: string;
  readonly lines: readonly Held[];
}

const size = 260;
const margin = { left: 48, top: 34, right: 16, bottom: 44 };
const lowest = 0.4;
const inks = ['#1f77b4', '#d1620b', '#2a8a2a', '#b02a7a', '#6b4fb3', '#555555'];

/** Levels asked against shares held, one panel beside the other: on the diagonal intervals keep their word, above it they are wider. */
export function calibrationPlot(levels: readonly number[], panels: readonly Panel[]): string {
  const width = panels.length * (size + margin.left + margin.right);
  const legend = Math.max(...panels.map(({ lines }) => lines.length)) * 16;
  const height = size + margin.top + margin.bottom + legend;
  const drawn = panels.map((panel, i) => drawPanel(levels, panel, i * (size + margin.left + margin.right)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    '<title>Share of intervals that hold, by level asked</title>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel(levels: readonly number[], { title, lines }: Panel, offset: number): string {
  const left = offset + margin.left;
  const x = (level: number): string => (left + ((level - lowest) / (1 - lowest)) * size).toFixed(1);
  const y = (share: number): string =>
    (margin.top + size - ((Math.max(lowest, share) - lowest) / (1 - lowest)) * size).toFixed(1);
  const ticks = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  const grid = ticks.map(
    (tick) =>
      `<path d="M${x(tick)} ${y(lowest)}V${y(1)}M${x(lowest)} ${y(tick)}H${x(1)}" stroke="#e2e2e2"/>` +
      `<text x="${x(tick)}" y="${margin.top + size + 16}" text-anchor="middle" fill="#444">${tick}</text>` +
      `<text x="${left - 6}" y="${y(tick)}" dy="4" text-anchor="end" fill="#444">${tick}</text>`,
  );
  const curves = lines.map(({ name, shares }, i) => {
    const ink = inks[i % inks.length] ?? '#000';
    const points = levels.map((level, k) => `${x(level)},${y(shares[k] ?? 0)}`);
    const top = margin.top + size + margin.bottom + 16 * i;
    return (
      `<polyline points="${points.join(' ')}" fill="none" stroke="${ink}" stroke-width="1.8"/>` +
      points
        .map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="2.4" fill="${ink}"/>`)
        .join('') +
      `<path d="M${left} ${top}h18" stroke="${ink}" stroke-width="2.5"/><text x="${left + 24}" y="${top}" dy="4" fill="#222">${escapeXml(name)}</text>`
    );
  });
  return [
    `<text x="${left}" y="20" font-weight="bold" fill="#222">${escapeXml(title)}</text>`,
    ...grid,
    `<path d="M${x(lowest)} ${y(lowest)}L${x(1)} ${y(1)}" stroke="#888" stroke-dasharray="4 3"/>`,
    `<text x="${left + size / 2}" y="${margin.top + size + 32}" text-anchor="middle" fill="#444">level asked</text>`,
    ...curves,
  ].join('\n');
}
