import type { Plugin } from 'chart.js';
import type { Theme } from '../theme.ts';
import { type Drawn, inside, pixelsOf } from './drawForecast.ts';
import { placeLabels } from './placeLabels.ts';
import type { EdgeLabel, Scene } from './scene.ts';

/** Room between the picture and its labels, for the leads. */
const leadPx = 14;
const linePx = 16;
const labelPx = 2 * linePx + 6;

/** Width that the labels need right of the picture. */
export function labelRoom(ctx: CanvasRenderingContext2D, { labels }: Scene, theme: Theme): number {
  ctx.save();
  const widths = labels.map(({ title, detail }) => {
    ctx.font = titleFont(theme);
    const wide = ctx.measureText(title).width;
    ctx.font = detailFont(theme);
    return Math.max(wide, ctx.measureText(detail).width);
  });
  ctx.restore();
  return labels.length === 0 ? 0 : leadPx + Math.ceil(Math.max(...widths)) + 2;
}

const titleFont = ({ font, fontSizePx }: Theme): string => `600 ${fontSizePx}px ${font}`;
const detailFont = ({ font, fontSizePx }: Theme): string => `${fontSizePx - 1}px ${font}`;

/** Limits as dotted hairlines with their labels at the right edge; limits that merely fit as hollow marks there. */
export function drawLimits(drawn: () => Drawn, hasLabels: () => boolean): Plugin<'line'> {
  return {
    id: 'limits',
    beforeDatasetsDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const pixels = pixelsOf(chart);
      inside(ctx, area, () => {
        for (const { role, value, kind } of scene.labels) {
          if (kind !== 'limit') continue;
          ctx.strokeStyle = theme.ink[role];
          ctx.lineWidth = theme.isHighContrast ? 1.5 : 1;
          ctx.setLineDash([1, 3]);
          ctx.beginPath();
          ctx.moveTo(area.left, pixels.y(value));
          ctx.lineTo(area.right, pixels.y(value));
          ctx.stroke();
        }
      });
    },
    afterDatasetsDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const pixels = pixelsOf(chart);
      const sorted = scene.labels.map((label) => ({ label, y: pixels.y(label.value) })).sort((a, b) => a.y - b.y);
      ctx.save();
      for (const { label, y } of sorted) if (label.kind === 'alternative') drawHollow(ctx, label, area.right, y, theme);
      if (hasLabels()) {
        const tops = placeLabels(
          sorted.map(({ y }) => y - linePx / 2),
          labelPx,
          area.top,
          chart.height,
        );
        sorted.forEach(({ label, y }, i) => {
          drawLabel(ctx, label, area.right, y, tops[i] ?? y, theme);
        });
      }
      ctx.restore();
    },
  };
}

function drawLabel(
  ctx: CanvasRenderingContext2D,
  { role, title, detail }: EdgeLabel,
  edge: number,
  y: number,
  top: number,
  theme: Theme,
): void {
  const middle = top + linePx / 2;
  ctx.strokeStyle = theme.ink[role];
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(edge + 1, y);
  ctx.lineTo(edge + leadPx - 4, middle);
  ctx.stroke();
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.font = titleFont(theme);
  ctx.fillStyle = theme.wordInk[role];
  ctx.fillText(title, edge + leadPx, middle);
  ctx.font = detailFont(theme);
  ctx.fillStyle = theme.quiet;
  ctx.fillText(detail, edge + leadPx, middle + linePx);
}

/** Hollow: it may be here. */
function drawHollow(ctx: CanvasRenderingContext2D, { role }: EdgeLabel, x: number, y: number, theme: Theme): void {
  ctx.strokeStyle = theme.ink[role];
  ctx.fillStyle = theme.ground;
  ctx.lineWidth = 1.75;
  ctx.setLineDash([]);
  ctx.beginPath();
  if (role === 'verifier') {
    ctx.moveTo(x, y - 6);
    ctx.lineTo(x + 6, y);
    ctx.lineTo(x, y + 6);
    ctx.lineTo(x - 6, y);
    ctx.closePath();
  } else if (role === 'gap') ctx.rect(x - 4.5, y - 4.5, 9, 9);
  else ctx.arc(x, y, 5, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
}
