// First paint of the panel's page in a browser: from navigation until it is ready, and from a forecast's arrival until it is seen.
// `node --import tsx bench/panel.ts [rounds]`
import { PanelPage } from '../test/support/panelPage.ts';
import { simulatedState } from '../test/support/simulatedState.ts';

async function main(rounds: number): Promise<void> {
  const panel = await PanelPage.start();
  try {
    for (const checkpoints of [20, 200, 2000]) {
      const state = simulatedState({ checkpoints, rate: 6 / checkpoints, spacing: 1, noise: 0.01 });
      const times: { readonly ready: number; readonly drawn: number; readonly again: number }[] = [];
      for (let round = 0; round <= rounds; round++) {
        await panel.reload();
        const ready = await panel.readyTime();
        const drawn = await panel.drawingTime(state);
        const again = await panel.drawingTime(state);
        // The first round warms browser and disk.
        if (round > 0) times.push({ ready, drawn, again });
      }
      const median = (of: (time: (typeof times)[number]) => number): string =>
        (times.map(of).sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN).toFixed(1);
      process.stdout.write(
        `${String(checkpoints).padStart(5)} checkpoints: page ready after ${median(({ ready }) => ready)} ms, ` +
          `first drawing ${median(({ drawn }) => drawn)} ms, every later one ${median(({ again }) => again)} ms\n`,
      );
    }
  } finally {
    await panel.close();
  }
}

void main(Number(process.argv[2] ?? 9));
