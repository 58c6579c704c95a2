import { bitwiseCrc, ieee } from './bitwiseCrc.ts';
import { joinBytes } from './encodeProtobuf.ts';

const blockLength = 32_768;

export interface EncodedLog {
  readonly bytes: Uint8Array;
  /** Offset at which each record starts, and the end. */
  readonly starts: readonly number[];
}

function fragment(kind: number, data: Uint8Array): Uint8Array {
  const crc = bitwiseCrc(ieee, joinBytes(Uint8Array.of(kind), data));
  const header = new Uint8Array(7);
  const view = new DataView(header.buffer);
  view.setUint32(0, crc, true);
  view.setUint16(4, data.length, true);
  header[6] = kind;
  return joinBytes(header, data);
}

/** Records in blocks as LevelDB frames them, behind a file header of seven bytes. */
export function encodeBlockLog(header: Uint8Array, records: readonly Uint8Array[]): EncodedLog {
  const parts = [header];
  const starts: number[] = [];
  let at = header.length;
  const put = (bytes: Uint8Array) => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const record of records) {
    for (let from = 0, isDone = false; !isDone; ) {
      const padding = blockLength - (at % blockLength);
      if (padding < 7) put(new Uint8Array(padding));
      if (from === 0) starts.push(at);
      const to = Math.min(record.length, from + blockLength - (at % blockLength) - 7);
      const [isFirst, isLast] = [from === 0, to === record.length];
      put(fragment(isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3, record.slice(from, to)));
      from = to;
      isDone = isLast;
    }
  }
  return { bytes: joinBytes(...parts), starts: [...starts, at] };
}
