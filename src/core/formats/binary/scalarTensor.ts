import { readF32, readF64, readU16, readU32 } from './littleEndian.ts';
import type { ProtoFields } from './protobuf.ts';
import { wireTypes } from './protobuf.ts';

/** tensorflow/core/framework/types.proto */
const types = {
  float: 1,
  double: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  half: 19,
};

/** The raw elements and the typed lists. */
const numberFields = [4, 5, 6, 7, 10, 11, 13];

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a binary32. */
const bfloat16ToNumber = (bits: number): number => readF32(Uint8Array.of(0, 0, bits & 255, bits >> 8), 0);

/** Size of a raw element and how to read it. */
const raw = new Map<number, readonly [size: number, read: (bytes: Uint8Array, at: number) => number]>([
  [types.float, [4, readF32]],
  [types.double, [8, readF64]],
  [types.int32, [4, (bytes, at) => readU32(bytes, at) | 0]],
  [types.uint8, [1, (bytes, at) => bytes[at] ?? 0]],
  [types.int16, [2, (bytes, at) => (readU16(bytes, at) << 16) >> 16]],
  [types.int8, [1, (bytes, at) => ((bytes[at] ?? 0) << 24) >> 24]],
  [types.int64, [8, (bytes, at) => readU32(bytes, at) + 2 ** 32 * (readU32(bytes, at + 4) | 0)]],
  [types.bool, [1, (bytes, at) => ((bytes[at] ?? 0) === 0 ? 0 : 1)]],
  [types.bfloat16, [2, (bytes, at) => bfloat16ToNumber(readU16(bytes, at))]],
  [types.half, [2, (bytes, at) => halfToNumber(readU16(bytes, at))]],
]);

/** The one number of a TensorProto, or null where it holds text, none or several. */
export function readScalarTensor(tensor: ProtoFields): number | null {
  let type = 0;
  let value: number | null = null;
  let contentFrom = 0;
  let contentTo = 0;
  while (tensor.next()) {
    const { bytes, field, wire, from, to } = tensor;
    if (field === 1 && wire === wireTypes.varint) type = tensor.integer();
    else if (field === 2 && wire === wireTypes.bytes) {
      if (elementCount(tensor.message()) !== 1) return null;
    } else if (field === 4 && wire === wireTypes.bytes) {
      contentFrom = from;
      contentTo = to;
    }
    // The typed lists: one element, packed (as bytes) or not.
    else if (field === 5 && to - from === 4) value = readF32(bytes, from);
    else if (field === 6 && to - from === 8) value = readF64(bytes, from);
    else if (field === 7 || field === 10 || field === 11) value = tensor.integer();
    else if (field === 13) {
      value = type === types.bfloat16 ? bfloat16ToNumber(tensor.integer()) : halfToNumber(tensor.integer());
    }
  }
  if (tensor.isBroken) return null;
  if (contentFrom === contentTo) return value;
  const element = raw.get(type);
  if (element === undefined) return null;
  const [size, read] = element;
  return contentTo - contentFrom === size ? read(tensor.bytes, contentFrom) : null;
}

/**
 * Where the number of a tensor stands that `readScalarTensor` takes for one; null where it is none of 32 or 64 bits of
 * floating point, or where several fields could hold it.
 */
export function scalarTensorPlace(tensor: ProtoFields): { readonly from: number; readonly to: number } | null {
  let type = 0;
  let field = 0;
  let from = 0;
  let to = 0;
  while (tensor.next()) {
    if (tensor.field === 1 && tensor.wire === wireTypes.varint) type = tensor.integer();
    if (!numberFields.includes(tensor.field)) continue;
    if (field !== 0 || tensor.wire === wireTypes.varint) return null;
    ({ field, from, to } = tensor);
  }
  const isFloat = field === 5 || (field === 4 && type === types.float);
  const isDouble = field === 6 || (field === 4 && type === types.double);
  return (isFloat && to - from === 4) || (isDouble && to - from === 8) ? { from, to } : null;
}

/** Product of the sizes of a TensorShapeProto; 1 where it has no dimension. */
function elementCount(shape: ProtoFields): number {
  let count = 1;
  while (shape.next()) {
    if (shape.field !== 2 || shape.wire !== wireTypes.bytes) continue;
    const dimension = shape.message();
    let size = 0;
    while (dimension.next()) if (dimension.field === 1) size = dimension.integer();
    count *= size;
  }
  return count;
}
