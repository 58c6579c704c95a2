let collator: Intl.Collator | null = null;

/** As people order names with numbers in them. The collator is made when it is first asked: that takes milliseconds. */
export function naturalOrder(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}
