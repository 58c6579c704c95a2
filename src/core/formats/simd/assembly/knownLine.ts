import {
  blockAt,
  hasPoint,
  isAlike,
  isFixed,
  isOther,
  isPadded,
  isPlain,
  isUnsure,
  slotBytes,
  slotForm,
  slotGoal,
  slotLead,
  slotLeadLength,
  slotLength,
  templateSlots,
} from '../layout';
import { readDecimal } from './decimal';
import { sameBytes } from './sameBytes';

const blank: u32 = 32;
const point: u32 = 46;
const zero: u32 = 48;

/**
 * Puts the numbers of the line from `from` to `to` where the known line at `template` says, as long as it is like that one; where
 * it is not, some of them may be put too.
 */
export function readKnownLine(from: i32, to: i32, template: usize): i32 {
  const end: usize = blockAt + to;
  const count = load<i32>(template);
  let at: usize = blockAt + from;
  let slot = template + templateSlots;
  for (let i = 0; ; i += 1) {
    const length = load<i32>(slot, slotLeadLength);
    if (at + length > end || !sameBytes(load<u32>(slot, slotLead), at, length)) return isOther;
    at += length;
    if (i === count) return at === end ? isAlike : isOther;
    const form = load<i32>(slot, slotForm);
    if ((form & isPadded) !== 0) {
      if (<u32>load<u8>(at) !== blank) return isOther;
      while (at < end && <u32>load<u8>(at) === blank) at += 1;
    }
    const behind = readDecimal(at, load<u32>(slot, slotGoal));
    if (behind === 0 || behind > end) return isUnsure;
    if ((form & (isPlain | isFixed)) !== 0 && !fits(at, behind, form, load<i32>(slot, slotLength))) return isOther;
    at = behind;
    slot += slotBytes;
  }
  return isOther;
}

function fits(start: usize, end: usize, form: i32, length: i32): bool {
  if ((form & isFixed) !== 0 && <i32>(end - start) !== length) return false;
  let points: i32 = 0;
  for (let at = start; at < end; at += 1) {
    const code: u32 = load<u8>(at);
    if (code === point && at > start && at < end - 1) points += 1;
    else if (code - zero > 9) return false;
  }
  return points === ((form & hasPoint) !== 0 ? 1 : 0);
}
