import type { Chart, ChartArea, Plugin } from 'chart.js';
import { formatX } from '../formatX.ts';
import type { Theme } from '../theme.ts';
import type { Scene } from './scene.ts';

/** What plugins draw, whenever they do. */
export interface Drawn {
  readonly scene: Scene;
  readonly theme: Theme;
}

export interface Pixels {
  x(value: number): number;
  /** Values beyond the frame end at its border. */
  y(value: number): number;
}

export function pixelsOf(chart: Chart): Pixels {
  const { x, y } = chart.scales;
  const { top, bottom } = chart.chartArea;
  return {
    x: (value) => x?.getPixelForValue(value) ?? 0,
    y: (value) => Math.min(bottom, Math.max(top, y?.getPixelForValue(value) ?? 0)),
  };
}

/** Runs a drawing that stays inside the area and leaves the context as it was. */
export function inside(ctx: CanvasRenderingContext2D, area: ChartArea, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top - 1, area.right - area.left, area.bottom - area.top + 2);
  ctx.clip();
  draw();
  ctx.restore();
}

/** The lifted ground of what has not happened, the bands on it, and the line where it begins. */
export function drawForecast(drawn: () => Drawn): Plugin<'line'> {
  return {
    id: 'forecast',
    beforeDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const { now } = scene.frame;
      if (now === null) return;
      const from = Math.max(area.left, pixelsOf(chart).x(now));
      ctx.save();
      ctx.fillStyle = theme.future;
      if (from < area.right) ctx.fillRect(from, area.top, area.right - from, area.bottom - area.top);
      ctx.restore();
    },
    beforeDatasetsDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const pixels = pixelsOf(chart);
      inside(ctx, area, () => {
        for (const { role, forecast } of scene.visible) {
          const known = forecast.filter(({ lower, upper }) => !Number.isNaN(lower) && !Number.isNaN(upper));
          if (known.length < 2) continue;
          ctx.fillStyle = theme.ink[role];
          ctx.strokeStyle = theme.ink[role];
          if (theme.isHighContrast) {
            ctx.lineWidth = 1;
            for (const end of ['upper', 'lower'] as const) {
              ctx.beginPath();
              for (const point of known) ctx.lineTo(pixels.x(point.x), pixels.y(point[end]));
              ctx.stroke();
            }
            continue;
          }
          ctx.globalAlpha = 0.17;
          ctx.beginPath();
          for (const { x, upper } of known) ctx.lineTo(pixels.x(x), pixels.y(upper));
          for (const { x, lower } of known.toReversed()) ctx.lineTo(pixels.x(x), pixels.y(lower));
          ctx.closePath();
          ctx.fill();
        }
      });
      drawNow(chart, drawn());
    },
  };
}

function drawNow({ ctx, chartArea: area, scales }: Chart, { scene, theme }: Drawn): void {
  const { now } = scene.frame;
  const at = now === null ? undefined : scales.x?.getPixelForValue(now);
  if (now === null || at === undefined || at < area.left - 1 || at > area.right + 1) return;
  ctx.save();
  ctx.strokeStyle = theme.quiet;
  ctx.lineWidth = 1.25;
  ctx.setLineDash([2, 3]);
  ctx.beginPath();
  ctx.moveTo(at, area.top - 4);
  ctx.lineTo(at, area.bottom);
  ctx.stroke();
  const word = area.right - area.left < 260 ? 'now' : `now · ${scene.xWord} ${formatX(now, scene.frame.x)}`;
  ctx.font = `${theme.fontSizePx}px ${theme.font}`;
  ctx.fillStyle = theme.quiet;
  ctx.textBaseline = 'bottom';
  // Above the picture, where no curve crosses it.
  const half = ctx.measureText(word).width / 2;
  ctx.textAlign = 'center';
  ctx.fillText(word, Math.min(area.right - half, Math.max(area.left + half, at)), area.top - 5);
  ctx.restore();
}
