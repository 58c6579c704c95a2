import type { Plugin } from 'chart.js';
import { type Drawn, inside, pixelsOf } from './drawForecast.ts';

/** Half the width of the line across a whisker's end. */
const capPx = 3;
/** Above so many points the ends would run into each other. */
const mostCapped = 60;

/** One standard error up and down from each point that has one. */
export function drawWhiskers(drawn: () => Drawn): Plugin<'line'> {
  return {
    id: 'whiskers',
    beforeDatasetsDraw(chart) {
      const { scene, theme } = drawn();
      const { ctx, chartArea: area } = chart;
      const pixels = pixelsOf(chart);
      inside(ctx, area, () => {
        ctx.lineWidth = 1;
        for (const { role, observed, errors } of scene.visible) {
          if (errors.size === 0) continue;
          const isSparse = observed.length <= mostCapped;
          ctx.strokeStyle = theme.ink[role];
          ctx.globalAlpha = theme.isHighContrast ? 1 : isSparse ? 0.6 : 0.3;
          ctx.beginPath();
          for (const [x, y] of observed) {
            const error = errors.get(x);
            if (error === undefined) continue;
            const at = pixels.x(x);
            const ends = [pixels.y(y + error), pixels.y(y - error)] as const;
            ctx.moveTo(at, ends[0]);
            ctx.lineTo(at, ends[1]);
            if (!isSparse) continue;
            for (const end of ends) {
              ctx.moveTo(at - capPx, end);
              ctx.lineTo(at + capPx, end);
            }
          }
          ctx.stroke();
        }
      });
    },
  };
}
