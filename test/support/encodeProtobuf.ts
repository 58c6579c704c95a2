/** A small protobuf writer, independent of the reader it helps to test. */
export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

export const joinBytes = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

export const varintField = (field: number, value: number | bigint): Uint8Array =>
  joinBytes(varint(field * 8), varint(value));

export const bytesField = (field: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = joinBytes(...parts);
  return joinBytes(varint(field * 8 + 2), varint(body.length), body);
};

export const textField = (field: number, text: string): Uint8Array => bytesField(field, utf8(text));

export function doubleBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return new Uint8Array(bytes);
}

export function floatBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return new Uint8Array(bytes);
}

export const doubleField = (field: number, value: number): Uint8Array =>
  joinBytes(varint(field * 8 + 1), doubleBytes(value));

export const floatField = (field: number, value: number): Uint8Array =>
  joinBytes(varint(field * 8 + 5), floatBytes(value));
