import type { Prediction } from '../core/report/prediction.ts';
import { noteLine, noteLines, watchLine, watchLines } from '../core/report/watchText.ts';
import { LiveFrame } from './liveFrame.ts';
import { writeOut } from './output.ts';
import { describeTerminal } from './terminal.ts';

/** Where the forecasts of a watched log are shown. */
export interface WatchView {
  /** @param message says why there is no forecast yet. */
  wait(message: string): Promise<void>;
  show(prediction: Prediction, startedOver: boolean): Promise<void>;
  end(): Promise<void>;
}

export function createWatchView(log: string, isJson: boolean): WatchView {
  if (isJson) return new JsonView(log);
  const isDumb = process.env.TERM === 'dumb';
  return process.stdout.isTTY && !isDumb ? new TerminalView(log) : new LineView(log);
}

const anew = (log: string): string => `${log} was cut or replaced; it is read anew from its beginning.`;
const waiting = (message: string): string => `Waiting: ${message}`;

/** Lines of the standard output, of which none says what the one before said. */
class Changes {
  #last = '';

  async write(line: string): Promise<void> {
    if (line === this.#last) return;
    this.#last = line;
    await writeOut(process.stdout, `${line}\n`);
  }
}

/** A line a change; what is no forecast goes to the standard error, so that the output is nothing but JSON. */
class JsonView implements WatchView {
  readonly #log: string;
  readonly #changes = new Changes();

  constructor(log: string) {
    this.#log = log;
  }

  wait(message: string): Promise<void> {
    return writeOut(process.stderr, `ceiling-lens: ${waiting(message)}\n`);
  }

  async show({ report }: Prediction, startedOver: boolean): Promise<void> {
    if (startedOver) await writeOut(process.stderr, `ceiling-lens: ${anew(this.#log)}\n`);
    await this.#changes.write(JSON.stringify(report));
  }

  async end(): Promise<void> {}
}

/** A line a change. */
class LineView implements WatchView {
  readonly #log: string;
  readonly #changes = new Changes();
  readonly #style = describeTerminal(process.stdout, process.env, process.platform);

  constructor(log: string) {
    this.#log = log;
  }

  wait(message: string): Promise<void> {
    return this.#say(waiting(message));
  }

  async show(prediction: Prediction, startedOver: boolean): Promise<void> {
    if (startedOver) await this.#say(anew(this.#log));
    await this.#changes.write(watchLine(prediction, this.#style.isUnicode));
  }

  async end(): Promise<void> {}

  #say(sentence: string): Promise<void> {
    return writeOut(process.stdout, `${noteLine(sentence, this.#style.isUnicode)}\n`);
  }
}

/** The verdict and a small chart, written over by the next. */
class TerminalView implements WatchView {
  readonly #log: string;
  readonly #frame = new LiveFrame(process.stdout);
  readonly #redraw = (): void => void this.#draw();
  #prediction: Prediction | null = null;
  #note = '';

  constructor(log: string) {
    this.#log = log;
    process.stdout.on('resize', this.#redraw);
  }

  wait(message: string): Promise<void> {
    this.#note = waiting(message);
    return this.#draw();
  }

  show(prediction: Prediction, startedOver: boolean): Promise<void> {
    this.#prediction = prediction;
    // It stays until there is something else to say: the next growth comes soon.
    if (startedOver) this.#note = anew(this.#log);
    else if (this.#note.startsWith(waiting(''))) this.#note = '';
    return this.#draw();
  }

  async end(): Promise<void> {
    process.stdout.off('resize', this.#redraw);
    await this.#frame.end();
  }

  #draw(): Promise<void> {
    const style = describeTerminal(process.stdout, process.env, process.platform);
    const { rows } = this.#frame;
    const lines =
      this.#prediction === null
        ? noteLines(this.#note, style).slice(0, rows)
        : watchLines(this.#prediction, this.#note, style, rows);
    return this.#frame.show(lines);
  }
}
