/** What runs and loggers put before a record; each is tried again after the others, outermost first. */
const prefixes: readonly RegExp[] = [
  // Ray and process ranks: (TaskRunner pid=123, ip=1.2.3.4) [rank0]: [default0]: 0:
  /^\([A-Za-z_][\w.:]* (?:pid|rank)=[^)]{1,60}\) ?/,
  /^\[(?:rank|default|RANK|Rank|GPU|gpu)[ :]?\d+\]:? ?/,
  /^\d{1,4}: (?=[[\s({A-Za-z])/,
  // Dates and times: 2025-11-12T20:32:41.821919931Z, [2022-04-08 18:48:05,372], 06/05 20:10:13, 09:55:15.203
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t:|-]*/,
  /^\[?\d\d[-/]\d\d(?:[-/]\d{2,4})? \d\d:\d\d:\d\d(?:[.,]\d+)?\]?[ \t:|-]*/,
  /^\[?\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\]?[ \t:|-]*/,
  // Levels, and loggers with their level: INFO -, [INFO], INFO:torchtune.utils.logging:, mmdet - INFO -, [train_inner][INFO] -
  /^\[?(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|SUCCESS|NOTICE)\]?(?:\s*(?::|\||-|\t)\s*|\s+)/,
  /^[\w./-]{1,60}(?: +- +|:|\t| \| )(?:DEBUG|INFO|WARNING|ERROR|SUCCESS)\b[ \t:|-]*/,
  /^(?:DEBUG|INFO|WARNING|ERROR):[\w.]+:/,
  // OLMo: host:0 olmo.train:990 INFO
  /^(?:[\w.-]{1,60}:\d+[ \t]+){1,2}(?:DEBUG|INFO|WARNING|ERROR)\b[ \t:|-]*/,
  /^\[[\w.:/-]{1,60}\](?=\s*\[(?:INFO|Rank)|\[INFO)/,
  /^\[(?:Rank|I|D|W)\s?\d*\] /,
  /^\[[\w/-]+\.py:\d+:\w+\] /,
  /^(?:(?:[\w.-]+\.py|\w+(?:\.\w+)+):\d+(?:\]|:)? (?:- )?|\w+:\d+(?:\]|:)? - )/,
  // glog: I0706 16:50:26.230209 1401 file.py:214]
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [^\]\s]+:\d+\] /,
];
const canStart = /^[[(\dA-Z]|^[\w./-]+(?: - |:)/;

/** The line that was asked for last: several readers ask for one. */
let last = { line: '', rest: '' };

/** The record behind ranks, time stamps, levels and logger names. */
export function stripPrefixes(line: string): string {
  if (line !== last.line) last = { line, rest: recordOf(line) };
  return last.rest;
}

function recordOf(line: string): string {
  let rest = line.trimStart();
  for (let round = 0; round < 6; round++) {
    if (!canStart.test(rest)) return rest;
    const found = prefixes.find((prefix) => prefix.test(rest));
    if (found === undefined) return rest;
    rest = rest.replace(found, '').trimStart();
  }
  return rest;
}
