import { bitwiseCrc, castagnoli } from './bitwiseCrc.ts';
import {
  bytesField,
  doubleField,
  floatBytes,
  floatField,
  joinBytes,
  textField,
  varintField,
} from './encodeProtobuf.ts';

function maskedChecksum(bytes: Uint8Array): Uint8Array {
  const crc = bitwiseCrc(castagnoli, bytes);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return Uint8Array.of(masked & 255, (masked >>> 8) & 255, (masked >>> 16) & 255, masked >>> 24);
}

/** A TFRecord with sound checksums. */
export function tfRecord(payload: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, payload.length, true);
  return joinBytes(length, maskedChecksum(length), payload, maskedChecksum(payload));
}

export interface EncodedEvent {
  readonly wallTime?: number;
  readonly step?: number | bigint;
  readonly values: readonly Uint8Array[];
}

/** A step of 0 is left out, as writers do. */
export const event = ({ wallTime = 1_700_000_000, step = 0, values }: EncodedEvent): Uint8Array =>
  tfRecord(
    joinBytes(
      doubleField(1, wallTime),
      BigInt(step) === 0n ? new Uint8Array(0) : varintField(2, step),
      bytesField(5, ...values.map((value) => bytesField(1, value))),
    ),
  );

export const firstRecord = tfRecord(joinBytes(doubleField(1, 1_700_000_000), textField(3, 'brain.Event:2')));

export const simpleValue = (tag: string, value: number): Uint8Array =>
  joinBytes(textField(1, tag), floatField(2, value));

const metadata = (plugin: string): Uint8Array => bytesField(9, bytesField(1, textField(1, plugin)));

export const float32Type = 1;
const emptyShape = bytesField(2);

export const tensorValue = (tag: string, plugin: string | null, tensor: Uint8Array): Uint8Array =>
  joinBytes(textField(1, tag), bytesField(8, tensor), plugin === null ? new Uint8Array(0) : metadata(plugin));

/** A tensor of no dimension with its element as raw bytes. */
export const rawScalar = (type: number, bytes: Uint8Array): Uint8Array =>
  joinBytes(varintField(1, type), emptyShape, bytesField(4, bytes));

export const floatTensor = (value: number): Uint8Array => rawScalar(float32Type, floatBytes(value));
