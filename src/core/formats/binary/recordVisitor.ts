/** What a reader of framed records tells. */
export interface RecordVisitor {
  /** @param at offset of the record in the file; the record is `bytes[from..to)`, valid during the call */
  record(bytes: Uint8Array, from: number, to: number, at: number): void;
  /** Bytes that belong to no whole record. */
  damage(at: number, length: number): void;
}
