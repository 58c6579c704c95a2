import type { Plugin } from 'chart.js';
import { type Drawn, pixelsOf } from './drawForecast.ts';

/** Row of words under the tick labels of the x axis. */
export const noteRowPx = 20;
const gapPx = 16;

/** The name of the x axis, and places on it: where the run has settled, where its plan ends. */
export function drawAxisNotes(drawn: () => Drawn): Plugin<'line'> {
  return {
    id: 'axisNotes',
    afterDatasetsDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const row = chart.height - noteRowPx / 2;
      ctx.save();
      ctx.font = `${theme.fontSizePx - 1}px ${theme.font}`;
      ctx.fillStyle = theme.quiet;
      ctx.strokeStyle = theme.quiet;
      ctx.textBaseline = 'middle';
      ctx.textAlign = 'left';
      /** Ends of the texts in the row. */
      const taken: (readonly [left: number, right: number])[] = [];
      const isFree = (left: number, right: number): boolean =>
        taken.every(([from, to]) => right + gapPx <= from || left >= to + gapPx);
      for (const { x, text } of scene.notes) {
        if (x < scene.x.min || x > scene.x.max) continue;
        const at = pixelsOf(chart).x(x);
        const width = ctx.measureText(text).width;
        if (width > area.right - area.left) continue;
        const left = Math.max(area.left, Math.min(area.right - width, at - width / 2));
        if (!isFree(left, left + width)) continue;
        taken.push([left, left + width]);
        ctx.fillText(text, left, row);
        ctx.beginPath();
        ctx.moveTo(at, area.bottom);
        ctx.lineTo(at, area.bottom + 6);
        ctx.stroke();
      }
      const width = ctx.measureText(scene.xName).width;
      const middle = (area.left + area.right - width) / 2;
      const place = [middle, area.left, area.right - width].find((left) => isFree(left, left + width));
      if (place !== undefined) ctx.fillText(scene.xName, place, row);
      ctx.restore();
    },
  };
}
