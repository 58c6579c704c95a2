/** Makes the text of one step of a log. */
export type ConsoleLog = (step: number, noise: () => number) => string;

const fixed = (value: number, digits: number): string => value.toFixed(digits);
const loss = (step: number, noise: () => number): number => 0.4 + 2 / (1 + step / 500) + 0.05 * noise();

const logger = (step: number, noise: () => number): string =>
  `2026-03-02 10:${String(step % 60).padStart(2, '0')}:17,${100 + Math.floor(900 * noise())} INFO [data.loader.py:${Math.floor(900 * noise())}] rank ${step % 8}: batch fetched in ${fixed(noise(), 4)}s (id=${Math.floor(1e9 * noise()).toString(16)})\n`;

const bar = (done: number, of: number, noise: () => number): string => {
  const tenth = Math.floor((10 * done) / of);
  return `${String(10 * tenth).padStart(3)}%|${'█'.repeat(tenth)}${' '.repeat(10 - tenth)}| ${done}/${of} [00:${String(done % 60).padStart(2, '0')}<10:17, ${fixed(1 + noise(), 2)}it/s]`;
};

/** Consoles by the id of their format; a record stands among other lines, as it does in the logs of real runs. */
export const consoleLogs: Readonly<Record<string, ConsoleLog>> = {
  megatron: (step, noise) =>
    ` iteration ${String(step).padStart(8)}/10000000 | consumed samples: ${String(256 * step).padStart(12)} | elapsed time per iteration (ms): ${fixed(900 + 200 * noise(), 1)} | learning rate: ${(3e-4 / (1 + step / 1e4)).toExponential(6)} | global batch size:   256 | lm loss: ${loss(step, noise).toExponential(6)} | loss scale: 1.0 | grad norm: ${fixed(0.5 + noise(), 3)} | number of skipped iterations:   0 | number of nan iterations:   0 |\n${step % 4 === 0 ? logger(step, noise) : ''}`,
  nanogpt: (step, noise) =>
    `iter ${step}: loss ${fixed(loss(step, noise), 4)}, time ${fixed(200 + 30 * noise(), 2)}ms, mfu ${fixed(17 + noise(), 2)}%\n${step % 200 === 0 ? `step ${step}: train loss ${fixed(loss(step, noise), 4)}, val loss ${fixed(loss(step, noise), 4)}\nsaving checkpoint to out\n` : ''}`,
  'python-dict-console': (step, noise) =>
    `${`\r${bar(step % 5000, 5000, noise)}`.repeat(4)}{'loss': ${fixed(loss(step, noise), 4)}, 'grad_norm': ${0.5 + noise()}, 'learning_rate': ${5e-5 / (1 + step / 1e4)}, 'epoch': ${fixed(step / 5000, 4)}}\n${logger(step, noise)}`,
  'keras-console': (step, noise) => {
    const bars = [0.3, 0.7, 1].map((share) => {
      const [done, dots] = [Math.floor(1875 * share), Math.floor(29 * share)];
      return `\r${String(done).padStart(4)}/1875 [${'='.repeat(dots)}>${'.'.repeat(29 - dots)}] - ETA: ${fixed(9 * (1 - share), 0)}s - loss: ${fixed(loss(step, noise), 4)} - accuracy: ${fixed(noise(), 4)}`;
    });
    return `Epoch ${step}/10000000\n${bars.join('')}\r1875/1875 [==============================] - 9s 5ms/step - loss: ${fixed(loss(step, noise), 4)} - accuracy: ${fixed(noise(), 4)} - val_loss: ${fixed(loss(step, noise), 4)} - val_accuracy: ${fixed(noise(), 4)}\n`;
  },
  'ultralytics-console': (step, noise) => {
    const row = (done: number): string =>
      `\r${`${step}/1000000`.padStart(11)}      2.5G ${[1, 2, 3].map(() => fixed(loss(step, noise), 4).padStart(10)).join(' ')}         ${Math.floor(90 * noise())}        640: ${bar(done, 90, noise)}`;
    return `\n      Epoch    GPU_mem   box_loss   cls_loss   dfl_loss  Instances       Size\n${[1, 30, 60, 90].map(row).join('')}\n                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): ${bar(5, 5, noise)}\n                   all        548      38759      ${[1, 2, 3, 4].map(() => fixed(noise(), 3)).join('      ')}\n`;
  },
  fairseq: (step, noise) =>
    `2026-03-02 10:00:17 | INFO | train_inner | {"epoch": ${1 + Math.floor(step / 9000)}, "update": ${fixed(1 + step / 9000, 3)}, "loss": "${fixed(loss(step, noise), 3)}", "nll_loss": "${fixed(loss(step, noise), 3)}", "ppl": "${fixed(9 + noise(), 2)}", "wps": "${fixed(3e4 + 1e3 * noise(), 1)}", "num_updates": "${200 * step}", "lr": "${5e-4 / (1 + step / 1e4)}", "gnorm": "${fixed(noise(), 3)}"}\n${logger(step, noise)}`,
  'key-value-console': (step, noise) =>
    `[2026-03-02 10:00:17] step: ${step} | loss: ${fixed(loss(step, noise), 4)} | reward: ${fixed(noise() - 0.5, 4)} | kl: ${(1e-3 * noise()).toExponential(3)} | lr: ${(5e-5 / (1 + step / 1e4)).toExponential(3)} | tokens/s: ${Math.floor(1e4 * (1 + noise()))}\n${logger(step, noise)}`,
};
