import type { Parser, RowSink, Sample } from './format.ts';

/** What a file is that is no log, and what to open instead: both the end of a sentence. */
export interface Judgement {
  readonly is: string;
  readonly instead: string;
}

/** A parser for what is no log: it reads nothing and says in one problem what the file is. */
export function sayWhatItIs(
  sink: RowSink,
  { fileName }: Sample,
  judged: Judgement | null,
  where: { readonly line: number } | { readonly byte: number },
): Parser {
  return {
    feed() {},
    finish() {
      if (judged === null) return;
      sink.problem({
        code: 'not-a-log',
        message: `${fileName} is ${judged.is}, no training log. ${judged.instead}`,
        ...where,
      });
    },
  };
}
