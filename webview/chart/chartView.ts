import type { Span } from '../../src/core/report/chartFrame.ts';
import type { Prediction } from '../../src/core/report/prediction.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';
import type { Theme, ThemeWatch } from '../theme.ts';
import type { ViewStore } from '../viewStore.ts';
import { ForecastChart } from './forecastChart.ts';
import { Legend } from './legend.ts';
import { nearestIndex, type Reading, readAt, readableXs, spokenReading } from './reading.ts';
import { Readout } from './readout.ts';
import { createScene, type Scene } from './scene.ts';

/** Drags shorter than this are clicks. */
const leastDragPx = 6;
/** A step of the wheel or of a key. */
const zoomFactor = 1.25;

const keysHelp = l10n.t(
  'Left and right arrows read the values along the curve, Home and End go to its ends, plus and minus zoom, Escape shows all of it.',
);

/** Index that a key leads to from another; null for keys that do not move. */
function target(key: string, from: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The chart with what is done to it: zoom, readings by pointer and keys, series switched on and off. */
export class ChartView {
  readonly element = element('section', { class: 'chart', 'aria-label': l10n.t('Chart') });
  readonly #views: ViewStore;
  readonly #themes: ThemeWatch;
  readonly #stage = element('div', {
    class: 'stage',
    tabindex: 0,
    role: 'application',
    'aria-roledescription': 'chart',
    'aria-describedby': 'chart-keys',
  });
  readonly #live = element('p', { class: 'spoken', 'aria-live': 'polite' });
  readonly #legend: Legend;
  readonly #readout = new Readout();
  readonly #unwatch: () => void;
  #chart: ForecastChart | null = null;
  #prediction: Prediction | null = null;
  #scene: Scene | null = null;
  /** x of the keyboard's cursor: it stays where it is when new data arrives. */
  #cursor: number | null = null;
  #drag: { readonly from: number; to: number } | null = null;

  constructor(views: ViewStore, themes: ThemeWatch) {
    this.#views = views;
    this.#themes = themes;
    this.#legend = new Legend({
      toggle: (name) => this.#toggle(name),
      showAll: () => this.#zoomTo(null),
    });
    this.#stage.append(this.#readout.element);
    this.element.append(
      this.#legend.element,
      this.#stage,
      element('p', { class: 'spoken', id: 'chart-keys' }, keysHelp),
      this.#live,
    );
    this.#listen();
    this.#unwatch = themes.onChange((theme) => this.#draw(theme));
  }

  show(prediction: Prediction): void {
    this.#prediction = prediction;
    this.#stage.setAttribute('aria-label', l10n.t('Curves and forecast. {0}', prediction.report.sentence));
    this.#draw(this.#themes.current);
  }

  dispose(): void {
    this.#unwatch();
    this.#chart?.dispose();
  }

  #draw(theme: Theme): void {
    if (this.#prediction === null) return;
    this.#scene = createScene(this.#prediction, this.#views.view);
    this.element.hidden = this.#scene.frame.series.length === 0;
    if (this.element.hidden) return;
    if (this.#chart === null) this.#chart = new ForecastChart(this.#stage, this.#scene, theme);
    else this.#chart.show(this.#scene, theme);
    this.#legend.show(this.#scene, this.#views.view.hidden);
    this.#readout.hide();
    if (this.#cursor !== null && document.activeElement === this.#stage) this.#read(this.#cursor);
  }

  #toggle(name: string): void {
    const { hidden } = this.#views.view;
    this.#views.changeView({
      hidden: hidden.includes(name) ? hidden.filter((one) => one !== name) : [...hidden, name],
    });
    this.#draw(this.#themes.current);
  }

  #zoomTo(zoom: Span | null): void {
    if (this.#scene === null) return;
    const whole = this.#scene.frame.x;
    if (zoom === null) this.#views.changeView({ zoom: null });
    else {
      const least = (whole.max - whole.min) * 1e-4;
      const [min, max] = [Math.max(whole.min, zoom.min), Math.min(whole.max, zoom.max)];
      if (max - min < least) return;
      this.#views.changeView({ zoom: min <= whole.min && max >= whole.max ? null : { min, max } });
    }
    this.#draw(this.#themes.current);
  }

  /** Zooms by a factor with x staying where it is. */
  #zoomAround(x: number, factor: number): void {
    if (this.#scene === null || !Number.isFinite(x)) return;
    const { min, max } = this.#scene.x;
    this.#zoomTo({ min: x - (x - min) / factor, max: x + (max - x) / factor });
  }

  #listen(): void {
    const stage = this.#stage;
    stage.addEventListener('pointermove', (event) => this.#pointerMoved(event));
    stage.addEventListener('pointerleave', () => {
      if (this.#drag === null) this.#stopReading();
    });
    stage.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || this.#chart?.isInside(event.offsetX, event.offsetY) !== true) return;
      stage.setPointerCapture(event.pointerId);
      this.#drag = { from: event.offsetX, to: event.offsetX };
    });
    stage.addEventListener('pointerup', () => this.#endDrag(true));
    stage.addEventListener('pointercancel', () => this.#endDrag(false));
    stage.addEventListener('dblclick', () => this.#zoomTo(null));
    stage.addEventListener(
      'wheel',
      (event) => {
        // Without a modifier the wheel belongs to the page.
        if (!(event.ctrlKey || event.metaKey) || this.#chart === null) return;
        event.preventDefault();
        this.#zoomAround(this.#chart.xAt(event.offsetX), event.deltaY < 0 ? zoomFactor : 1 / zoomFactor);
      },
      { passive: false },
    );
    stage.addEventListener('keydown', (event) => this.#keyPressed(event));
    stage.addEventListener('blur', () => this.#stopReading());
  }

  #pointerMoved({ offsetX, offsetY }: PointerEvent): void {
    const chart = this.#chart;
    const scene = this.#scene;
    if (chart === null || scene === null) return;
    if (this.#drag !== null) {
      this.#drag.to = Math.min(chart.pixelAt(scene.x.max), Math.max(chart.pixelAt(scene.x.min), offsetX));
      this.#readout.hide();
      chart.point({ reading: null, dragged: [this.#drag.from, this.#drag.to] });
      return;
    }
    const xs = readableXs(scene);
    const x = xs[nearestIndex(xs, chart.xAt(offsetX))];
    if (x === undefined || !chart.isInside(offsetX, offsetY)) this.#stopReading();
    else this.#read(x);
  }

  #endDrag(isWanted: boolean): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag === null || this.#chart === null) return;
    this.#chart.point({ reading: null, dragged: null });
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (isWanted && to - from >= leastDragPx) this.#zoomTo({ min: this.#chart.xAt(from), max: this.#chart.xAt(to) });
  }

  #keyPressed(event: KeyboardEvent): void {
    if (this.#scene === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const xs = readableXs(this.#scene);
    const { now } = this.#scene.frame;
    const at = nearestIndex(xs, this.#cursor ?? now ?? 0);
    const to =
      this.#cursor === null && /^Arrow(Left|Right)$/.test(event.key) ? at : target(event.key, at, xs.length - 1);
    const x = to === null ? undefined : xs[to];
    if (x !== undefined) {
      this.#cursor = x;
      this.#live.textContent = spokenReading(this.#read(x));
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      const { min, max } = this.#scene.x;
      this.#zoomAround(this.#cursor ?? (min + max) / 2, event.key === '-' ? 1 / zoomFactor : zoomFactor);
    } else if (event.key === 'Escape' || event.key === '0') {
      this.#zoomTo(null);
      this.#stopReading();
    } else return;
    event.preventDefault();
  }

  #read(x: number): Reading {
    const scene = this.#scene;
    if (scene === null || this.#chart === null) return { x, isForecast: false, note: '', title: '', lines: [] };
    const reading = readAt(scene, x);
    this.#chart.point({ reading, dragged: null });
    this.#readout.show(reading, this.#chart.pixelAt(x), this.#stage.clientWidth);
    return reading;
  }

  #stopReading(): void {
    this.#readout.hide();
    this.#chart?.point({ reading: null, dragged: null });
  }
}
