import type { Plugin } from 'chart.js';
import { type Drawn, inside, pixelsOf } from './drawForecast.ts';

/** A hairline, with a notch on the axis, at each place at which the run was resumed. What it means is read at it. */
export function drawPartitions(drawn: () => Drawn): Plugin<'line'> {
  return {
    id: 'partitions',
    beforeDatasetsDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const places = scene.partitions
        .filter(({ x }) => x >= scene.x.min && x <= scene.x.max)
        .map(({ x }) => pixelsOf(chart).x(x));
      if (places.length === 0) return;
      inside(ctx, area, () => {
        ctx.strokeStyle = theme.quiet;
        ctx.globalAlpha = theme.isHighContrast ? 1 : 0.6;
        ctx.lineWidth = 1;
        ctx.setLineDash([1, 4]);
        for (const at of places) {
          ctx.beginPath();
          ctx.moveTo(at, area.top);
          ctx.lineTo(at, area.bottom);
          ctx.stroke();
        }
      });
      ctx.save();
      ctx.fillStyle = theme.quiet;
      for (const at of places) {
        ctx.beginPath();
        ctx.moveTo(at, area.bottom);
        ctx.lineTo(at - 4, area.bottom + 6);
        ctx.lineTo(at + 4, area.bottom + 6);
        ctx.fill();
      }
      ctx.restore();
    },
  };
}
