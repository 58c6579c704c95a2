import type { Format, Recognition, Sample } from '../core/formats/format.ts';

export interface Recognised extends Recognition {
  readonly format: Format;
}

export interface NotRecognised {
  readonly format: null;
  readonly confidence: 0;
  readonly because: string;
}

/** The format that is surest of a log. */
export function recognise(sample: Sample, formats: readonly Format[]): Recognised | NotRecognised {
  let best: Recognised | null = null;
  for (const format of formats) {
    const recognition = format.sniff(sample);
    if (recognition !== null && recognition.confidence > (best?.confidence ?? 0)) best = { ...recognition, format };
  }
  return best ?? { format: null, confidence: 0, because: whyUnknown(sample) };
}

function whyUnknown({ size, head, bytes }: Sample): string {
  if (size === 0) return 'it is empty; open it again once the run has logged something';
  if (/^\s*$/.test(head)) return 'it holds nothing but blanks';
  const zeros = bytes.subarray(0, 4096).filter((byte) => byte === 0).length;
  const broken = (head.slice(0, 4096).match(/\ufffd/g) ?? []).length;
  if (zeros > 8 || broken > 40) return 'it is binary and none of the binary logs that are known';
  if (!/\d/.test(head)) return 'there is no number in it';
  return 'its beginning has neither a table with named columns, nor JSON records with numbers, nor lines that repeat names and numbers';
}
