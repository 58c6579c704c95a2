import { tableFormat } from './delimited/tableFormat.ts';

const twin = /__(MIN|MAX)$/;

/** What a chart of the W&B page exports: x, then `run - metric` with its `__MIN` and `__MAX`, which repeat it. */
export const wandbCsvExport = tableFormat({
  id: 'wandb-csv-export',
  title: 'CSV from a W&B chart',
  mostConfidence: 0.98,
  mark: '__MIN',
  recognise({ names }) {
    const own = names.find(
      (name) => name.includes(' - ') && names.includes(`${name}__MIN`) && names.includes(`${name}__MAX`),
    );
    return own === undefined
      ? null
      : { confidence: 0.98, because: `\`${own}\` stands there with its __MIN and __MAX, as a W&B chart exports it` };
  },
  rename: (name) => (twin.test(name) ? null : name),
});
