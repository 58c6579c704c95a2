/** Every runtime we have brings these two; the core's library knows only the language. */
declare class TextDecoder {
  constructor(label: string, options: { readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Wrong bytes become U+FFFD. */
export const decodeUtf8 = (bytes: Uint8Array, from: number, to: number): string =>
  decoder.decode(bytes.subarray(from, to));

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);
