// Appends rows to logs as runs do, in a process of its own: `writer.mjs FROM ROWS ROWS_A_SECOND LOG ...`; 0 rows a second
// are all at once. The kind of a log is told by its name. Every third log is written a piece of a line at a time.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [from = 0, rows = 0, rowsASecond = 0] = process.argv.slice(2, 5).map(Number);
const logs = process.argv.slice(5);

const loss = (/** @type {number} */ step) =>
  (0.2 + 0.8 * Math.exp(-step / 40) + 0.002 * Math.sin(7.3 * step)).toFixed(6);

/** @param {string} log @param {number} step */
function rowOf(log, step) {
  if (log.endsWith('.csv')) return `${step === 0 ? 'step,loss\n' : ''}${step},${loss(step)}\n`;
  if (log.endsWith('.jsonl')) return `${JSON.stringify({ step, loss: Number(loss(step)) })}\n`;
  return `${step % 7 === 3 ? 'saving the model\n' : ''}step ${step}: train loss ${loss(step)}\n`;
}

const startMs = Date.now();
for (let row = 0; row < rows; row++) {
  if (rowsASecond > 0) await sleep(Math.max(0, startMs + (1000 * row) / rowsASecond - Date.now()));
  const rests = logs.map((log, i) => {
    const text = rowOf(log, from + row);
    const cut = rowsASecond > 0 && i % 3 === 0 ? text.length >> 1 : text.length;
    appendFileSync(log, text.slice(0, cut));
    return text.slice(cut);
  });
  if (rowsASecond > 0) await sleep(20);
  logs.forEach((log, i) => {
    if (rests[i] !== '') appendFileSync(log, rests[i] ?? '');
  });
}
