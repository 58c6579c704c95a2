/** A number as consoles print it: `1,099`, `.5`, `-633.`, `1.8e+04`, `nan`. A comma is part of it only before three digits. */
export const numberPattern = String.raw`[-+]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)(?![A-Za-z])`;
/** A word of a name in any alphabet, with what stands in brackets at its end: `loss`, `Acc@1`, `lr(1e-4)`, `D(G(z))`, `损失`. */
export const wordPattern = String.raw`[\p{L}_][\p{L}\p{N}\w@./%+-]*(?:'s(?= ))?(?:\((?:[\w@.,%/-]|\([\w.]{1,6}\)){1,14}\))?`;
