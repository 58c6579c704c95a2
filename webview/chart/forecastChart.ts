import {
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ScaleOptions,
} from 'chart.js';
import type { ChartSeries, Span } from '../../src/core/report/chartFrame.ts';
import { roundTicks } from '../../src/core/report/roundTicks.ts';
import { tickLabel } from '../../src/core/report/tickLabel.ts';
import { element } from '../element.ts';
import type { Theme } from '../theme.ts';
import { drawAxisNotes, noteRowPx } from './drawAxisNotes.ts';
import { drawCursor, type Pointed } from './drawCursor.ts';
import { drawForecast } from './drawForecast.ts';
import { drawLimits, labelRoom } from './drawLimits.ts';
import { drawPartitions } from './drawPartitions.ts';
import { drawWhiskers } from './drawWhiskers.ts';
import type { Scene } from './scene.ts';
import { seriesStyle } from './seriesStyle.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale);

type Points = { x: number; y: number }[];
type Line = ChartDataset<'line', Points>;

/** Of the page; the legend then names the limits (panel.css). */
const narrow = matchMedia('(max-width: 479px)');
/** Room above the picture, for the word at its "now". */
const topPx = 22;
const nothing: Pointed = { reading: null, dragged: null };

/** The picture: scene and theme in, pixels out; it keeps nothing of its own but the size. */
export class ForecastChart {
  readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  readonly #chart: Chart<'line', Points>;
  #scene: Scene;
  #theme: Theme;
  #pointed = nothing;
  #frame: number | null = null;
  #isDisposed = false;

  /** @param parent positioned; the canvas fills it and follows its size. */
  constructor(parent: HTMLElement, scene: Scene, theme: Theme) {
    this.#scene = scene;
    this.#theme = theme;
    parent.append(this.canvas);
    const drawn = () => ({ scene: this.#scene, theme: this.#theme });
    const config: ChartConfiguration<'line', Points> = {
      type: 'line',
      data: { datasets: datasetsOf(scene, theme) },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: this.#padding() },
        scales: this.#scales(),
        onResize: (chart) => {
          chart.options.layout = { padding: this.#padding() };
        },
      },
      plugins: [
        drawForecast(drawn),
        drawPartitions(drawn),
        drawWhiskers(drawn),
        drawLimits(drawn, () => this.hasLabels),
        drawAxisNotes(drawn),
        drawCursor(drawn, () => this.#pointed),
      ],
    };
    this.#chart = new Chart(this.canvas, config);
  }

  /** Whether there is room for the limits' labels beside the picture. */
  get hasLabels(): boolean {
    return !narrow.matches;
  }

  show(scene: Scene, theme: Theme): void {
    this.#scene = scene;
    this.#theme = theme;
    this.#pointed = nothing;
    this.#chart.data.datasets = datasetsOf(scene, theme);
    this.#chart.options.layout = { padding: this.#padding() };
    this.#chart.options.scales = this.#scales();
    this.#chart.update('none');
  }

  /** Draws the cursor with the next frame. */
  point(pointed: Pointed): void {
    // A chart that leaves the page loses the focus, and is told so.
    if (this.#isDisposed) return;
    this.#pointed = pointed;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#chart.draw();
    });
  }

  /** Whether a place, in pixels from the canvas' corner, is on the picture itself. */
  isInside(x: number, y: number): boolean {
    const { left, right, top, bottom } = this.#chart.chartArea;
    return x >= left && x <= right && y >= top && y <= bottom;
  }

  /** Value of x at so many pixels from the left of the canvas, not outside the picture. */
  xAt(pixel: number): number {
    const { left, right } = this.#chart.chartArea;
    return this.#chart.scales.x?.getValueForPixel(Math.min(right, Math.max(left, pixel))) ?? Number.NaN;
  }

  pixelAt(x: number): number {
    return this.#chart.scales.x?.getPixelForValue(x) ?? 0;
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#chart.destroy();
  }

  #padding(): { top: number; right: number; bottom: number; left: number } {
    const ctx = this.canvas.getContext('2d');
    const room = ctx === null || !this.hasLabels ? 0 : labelRoom(ctx, this.#scene, this.#theme);
    return { top: topPx, right: Math.max(8, room), bottom: noteRowPx, left: 0 };
  }

  #scales(): Record<'x' | 'y', ScaleOptions<'linear'>> {
    const { x, y } = this.#scene;
    return { x: axis(x, this.#theme, false), y: axis(y, this.#theme, true) };
  }
}

function axis(span: Span, { quiet, grid, font, fontSizePx }: Theme, isUpright: boolean): ScaleOptions<'linear'> {
  const { min, max } = span;
  let step = max - min;
  return {
    type: 'linear',
    min,
    max,
    border: { display: false },
    grid: { display: isUpright, color: grid, drawTicks: false, lineWidth: 1 },
    ticks: {
      color: quiet,
      font: { family: font, size: fontSizePx - 1 },
      padding: isUpright ? 10 : 6,
      maxRotation: 0,
      autoSkipPadding: 12,
      callback: (value) => tickLabel(Number(value), step),
    },
    // The ticks of every other drawing of the product.
    afterBuildTicks: (scale) => {
      // Few enough to be read, and enough to read a value between them; labels that would touch are left out.
      const about = isUpright ? Math.max(3, scale.height / 50) : Math.max(5, scale.width / 70);
      const ticks = roundTicks(span, about);
      step = ticks.step;
      scale.ticks = ticks.values.map((value) => ({ value }));
    },
  };
}

function datasetsOf({ visible }: Scene, theme: Theme): Line[] {
  return visible.flatMap((one) => datasetsOfSeries(one, theme));
}

/** Without a curve to follow the line only joins the points. */
function joinsPoints(observed: ChartSeries['observed'], fitted: ChartSeries['fitted']): boolean {
  return observed.length > manyPoints && fitted.every(([, y], i) => y === observed[i]?.[1]);
}

const thin = { borderWidth: 0.5 };

/** Above so many points marks would hide the curve. */
const manyPoints = 60;
const veryManyPoints = 300;

function datasetsOfSeries({ role, observed, fitted, forecast }: ChartSeries, theme: Theme): Line[] {
  const colour = theme.ink[role];
  const { dash, pointStyle, radius } = seriesStyle[role];
  const shrink = observed.length <= manyPoints ? 1 : observed.length <= veryManyPoints ? 0.7 : 0.45;
  const line = { borderColor: colour, borderWidth: 2, pointRadius: 0, tension: 0 };
  return [
    {
      data: observed.map(([x, y]) => ({ x, y })),
      order: observed.length <= manyPoints ? 0 : 2,
      showLine: false,
      // A mark at the edge is seen whole.
      clip: 6,
      pointStyle,
      pointRadius: radius * shrink,
      pointBackgroundColor: colour,
      pointBorderWidth: 0,
    },
    { ...line, ...(joinsPoints(observed, fitted) ? thin : {}), order: 1, data: fitted.map(([x, y]) => ({ x, y })) },
    { ...line, order: 1, data: forecast.map(({ x, y }) => ({ x, y })), borderDash: [...dash] },
  ];
}
