import * as v from 'valibot';
import { choicesCheck } from './choicesCheck.ts';
import type { FromPanel, PanelState, PanelView, SavedPanel, ToPanel } from './panel.ts';
import { inspectReportCheck, predictionCheck } from './reportChecks.ts';
import { checked } from './worker.ts';

/** A level is a probability, neither certain nor impossible. */
const level = v.pipe(v.number(), v.gtValue(0), v.ltValue(1));
const log = v.string();

const stateCheck: v.GenericSchema<unknown, PanelState> = v.variant('kind', [
  v.object({ kind: v.literal('loading'), log, note: v.string(), fraction: v.nullable(v.number()) }),
  v.object({ kind: v.literal('failed'), log, code: v.string(), message: v.string() }),
  v.object({ kind: v.literal('unrecognised'), log, message: v.string(), inspect: inspectReportCheck }),
  v.object({
    kind: v.literal('ready'),
    log,
    prediction: predictionCheck,
    inspect: inspectReportCheck,
    choices: choicesCheck,
    level,
    following: v.boolean(),
    notice: v.nullable(v.string()),
  }),
]);

const toPanelCheck: v.GenericSchema<unknown, ToPanel> = v.object({ type: v.literal('state'), state: stateCheck });

const fromPanelCheck: v.GenericSchema<unknown, FromPanel> = v.variant('type', [
  v.object({ type: v.literal('ready'), kept: v.nullable(v.object({ log, choices: choicesCheck, level })) }),
  v.object({ type: v.literal('choose'), choices: choicesCheck, level }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('retry') }),
  v.object({ type: v.literal('showLog') }),
  v.object({ type: v.literal('chooseFormat') }),
  v.object({ type: v.literal('recogniseFormat') }),
]);

const viewCheck: v.GenericSchema<unknown, PanelView> = v.object({
  zoom: v.nullable(
    v.pipe(
      v.object({ min: v.number(), max: v.number() }),
      v.check(({ min, max }) => min < max, 'Expected a range'),
    ),
  ),
  tab: v.nullable(v.picklist(['limits', 'alternatives', 'dynamics', 'data', 'table'])),
  hidden: v.array(v.string()),
});

const savedPanelCheck = v.object({
  version: v.literal(1),
  log,
  choices: choicesCheck,
  level,
  view: v.exactOptional(v.unknown()),
});

/** Numbers that JSON, by which an editor's host writes to its page, would turn into null. */
const unwritable = new Map([
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
]);

/**
 * A message as the host posts it to the page: infinite numbers are named, so that an interval without an end keeps none.
 * NaN becomes null on the way and is read back as NaN. Typed arrays travel as they are.
 */
export function toPage(message: ToPanel): unknown {
  return packed(message);
}

function packed(value: unknown): unknown {
  if (typeof value === 'number') return unwritable.get(value) ?? value;
  if (Array.isArray(value)) return value.map(packed);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, packed(inner)]));
}

/** @throws Error that says which part of the message is not as agreed. */
export function readToPanel(message: unknown): ToPanel {
  return checked(toPanelCheck, message, 'A message to the panel');
}

/** @throws Error that says which part of the message is not as agreed. */
export function readFromPanel(message: unknown): FromPanel {
  return checked(fromPanelCheck, message, 'A message from the panel');
}

/** What a page kept; null where there is nothing, or something of another version. A view that is not one is left out. */
export function readSavedPanel(saved: unknown): SavedPanel | null {
  const { success, output } = v.safeParse(savedPanelCheck, saved);
  if (!success) return null;
  const { view: keptView, ...panel } = output;
  const view = v.safeParse(viewCheck, keptView);
  return view.success ? { ...panel, view: view.output } : panel;
}
