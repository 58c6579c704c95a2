import type { Plugin } from 'chart.js';
import { type Drawn, pixelsOf } from './drawForecast.ts';
import type { Reading } from './reading.ts';

/** What the pointer or the arrow keys are at. */
export interface Pointed {
  readonly reading: Reading | null;
  /** Range that is being dragged, in pixels. */
  readonly dragged: readonly [from: number, to: number] | null;
}

/** A hairline with rings where the reading is, and the range that is being dragged. */
export function drawCursor(drawn: () => Drawn, pointed: () => Pointed): Plugin<'line'> {
  return {
    id: 'cursor',
    afterDraw(chart) {
      const { theme } = drawn();
      const { reading, dragged } = pointed();
      const { ctx, chartArea: area } = chart;
      ctx.save();
      if (dragged !== null) {
        const [from, to] = [Math.min(...dragged), Math.max(...dragged)];
        ctx.fillStyle = theme.focus;
        ctx.globalAlpha = 0.15;
        ctx.fillRect(from, area.top, to - from, area.bottom - area.top);
        ctx.globalAlpha = 1;
        ctx.strokeStyle = theme.focus;
        ctx.strokeRect(from, area.top, to - from, area.bottom - area.top);
      }
      if (reading !== null) {
        const pixels = pixelsOf(chart);
        const at = pixels.x(reading.x);
        ctx.strokeStyle = theme.quiet;
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(at, area.top);
        ctx.lineTo(at, area.bottom);
        ctx.stroke();
        for (const { role, y } of reading.lines) {
          ctx.fillStyle = theme.ground;
          ctx.strokeStyle = theme.ink[role];
          ctx.lineWidth = 2;
          ctx.beginPath();
          ctx.arc(at, pixels.y(y), 4.5, 0, 2 * Math.PI);
          ctx.fill();
          ctx.stroke();
        }
      }
      ctx.restore();
    },
  };
}
