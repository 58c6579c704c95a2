/** A p value with the digits that a decision at 5 % asks for. */
export function pWords(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(pValue < 0.095 ? 3 : 2)}`;
}
