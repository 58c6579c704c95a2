import {
  blockAt,
  flagsAt,
  hasNaN,
  hasNumber,
  isIgnored,
  isItem,
  isPassedOver,
  keyFirst,
  keyFirstItem,
  keyFlags,
  keyFollowers,
  keyLead,
  keyLeadLength,
  keysAt,
  leadBytes,
  leadFirst,
  mostFollowers,
  mostNumbers,
  mostOpen,
  mostTexts,
  numberCountAt,
  numberKeysAt,
  numbersAt,
  passesTexts,
  stackAt,
  textBytes,
  textCountAt,
  textsAt,
} from '../layout';
import { passDecimal, readDecimal } from './decimal';
import { sameBytes } from './sameBytes';

const lineFeed: u32 = 10;
const blank: u32 = 32;
const quoteSign: u32 = 34;
const comma: u32 = 44;
const minus: u32 = 45;
const zero: u32 = 48;
const colon: u32 = 58;
const commaAndBlank: u32 = 0x202c;
const letterI: u32 = 105;
const letterN: u32 = 110;
const letterE: u32 = 101;
const openBracket: u32 = 91;
const backslash: u32 = 92;
const closeBracket: u32 = 93;
const openBrace: u32 = 123;
const closeBrace: u32 = 125;

/** What the address of a key has more where it is its list that is walked. */
const inList: usize = 1;

/** Words, their first byte lowest. */
const nullWord: u32 = 0x6c6c756e;
const trueWord: u32 = 0x65757274;
const noneWord: u32 = 0x656e6f4e;
const pythonTrueWord: u32 = 0x65757254;
const falsWord: u32 = 0x736c6166;
const pythonFalsWord: u32 = 0x736c6146;
const nanWord: u32 = 0x004e614e;
const threeBytes: u32 = 0x00ffffff;

/**
 * Walks over the record that starts at the `offset`th byte of the block, as long as each key is one of those that are expected
 * there and each value is written as most are. Its numbers and texts are put where `layout.ts` says.
 * @param end of the bytes that may be walked over
 * @returns the offset behind it; 0 where it is not walked to its end, then it means nothing what was put
 */
export function walkRecord(offset: i32, end: i32): i32 {
  const last: usize = blockAt + end;
  let at: usize = blockAt + offset;
  if (<u32>load<u8>(at) !== openBrace) return 0;
  at += 1;
  let open: i32 = 0;
  /** The object that is walked, by its key; the root has one too. */
  let owner: usize = keysAt;
  let key: usize = 0;
  /** Where the keys stand that are expected next. */
  let place: usize = keysAt + keyFirst;
  let numbers: i32 = 0;
  let texts: i32 = 0;
  let flags: i32 = 0;
  for (;;) {
    key = keyAt(at, place);
    if (key === 0) return 0;
    place = key + keyFollowers;
    at += load<u32>(key, keyLeadLength);
    const own = load<i32>(key, keyFlags);
    const passed: usize = own & isPassedOver ? passDecimal(at) : 0;
    const code: u32 = load<u8>(at);
    if (passed !== 0) {
      at = passed;
      flags |= own | hasNumber;
    } else if (own & isIgnored) return 0;
    else if (code === minus || code - zero < 10) {
      if (numbers >= mostNumbers || own & isPassedOver) return 0;
      at = readDecimal(at, numbersAt + (numbers << 3));
      if (at === 0) return 0;
      store<u32>(numberKeysAt + (numbers << 2), <u32>key);
      numbers += 1;
      flags |= own | hasNumber;
    } else if (code === quoteSign) {
      if (texts >= mostTexts || own & isItem) return 0;
      const behind = behindText(at, last);
      if (behind === 0) return 0;
      if ((own & passesTexts) === 0) {
        const text: usize = textsAt + texts * textBytes;
        store<u32>(text, <u32>key);
        store<u32>(text, <u32>at, 4);
        store<u32>(text, <u32>behind, 8);
        texts += 1;
      }
      at = behind;
    } else if (code === openBrace && load<u8>(at, 1) === closeBrace) at += 2;
    else if (code === openBrace || code === openBracket) {
      if (open >= mostOpen || own & isItem) return 0;
      const top: usize = stackAt + (open << 3);
      store<u32>(top, <u32>owner);
      store<u32>(top, <u32>key, 4);
      open += 1;
      at += 1;
      owner = code === openBrace ? key : key + inList;
      place = key + (code === openBrace ? keyFirst : keyFirstItem);
      continue;
    } else if ((load<u32>(at) & threeBytes) === nanWord) {
      if (numbers >= mostNumbers) return 0;
      at += 3;
      flags |= own | hasNumber | hasNaN;
      if ((own & isPassedOver) === 0) {
        store<f64>(numbersAt + (numbers << 3), NaN);
        store<u32>(numberKeysAt + (numbers << 2), <u32>key);
        numbers += 1;
      }
    } else {
      const length = lengthOfWord(at);
      if (length === 0) return 0;
      at += length;
    }
    // Where the next one begins hangs on no look at what stands between, but on a guess of the processor, nearly always right.
    if (<u32>load<u16>(at) === commaAndBlank) {
      at += 2;
      continue;
    }
    // Brackets that close behind the value, up to the comma before the next one.
    for (;;) {
      const sign: u32 = load<u8>(at);
      at += 1;
      if (sign === comma) {
        if (<u32>load<u8>(at) === blank) at += 1;
        break;
      }
      const isInList = (owner & inList) !== 0;
      if (sign !== (isInList ? closeBracket : closeBrace)) return 0;
      // A list has as many items as it had before, or is no vector of metrics.
      if (isInList && load<u32>(key, keyFollowers) !== 0) return 0;
      if (open === 0) return finish(at, last, numbers, texts, flags);
      open -= 1;
      const top: usize = stackAt + (open << 3);
      owner = load<u32>(top);
      key = load<u32>(top, 4);
      place = key + keyFollowers;
    }
  }
  return 0;
}

function finish(at: usize, last: usize, numbers: i32, texts: i32, flags: i32): i32 {
  if (at > last) return 0;
  store<i32>(numberCountAt, numbers);
  store<i32>(textCountAt, texts);
  store<i32>(flagsAt, flags);
  return <i32>(at - blockAt);
}

/** The key that stands at `at`, of those that are expected, which stand at `first`; 0 where none does. */
function keyAt(at: usize, first: usize): usize {
  for (let place = first; place < first + 4 * mostFollowers; place += 4) {
    const key: usize = load<u32>(place);
    if (key === 0) return 0;
    if (stands(key, at)) return key;
  }
  return 0;
}

/** Whether what leads to the value of `key` stands there, from its opening quote on. */
function stands(key: usize, at: usize): bool {
  const mask: usize = load<u32>(key, keyLead);
  const lead = mask + leadBytes;
  const first = v128.and(v128.xor(v128.load(at), v128.load(lead)), v128.load(mask));
  const second = v128.and(v128.xor(v128.load(at, 16), v128.load(lead, 16)), v128.load(mask, 16));
  if (v128.any_true(v128.or(first, second))) return false;
  const length = load<i32>(key, keyLeadLength);
  return length <= leadFirst || sameBytes(lead + leadFirst, at + leadFirst, length - leadFirst);
}

/** From an opening quote to behind its closing one; 0 where it does not close in its line, or may be a number in quotes. */
function behindText(start: usize, last: usize): usize {
  let at = start + 1;
  const first: u32 = load<u8>(at);
  if (first === quoteSign) return at + 1;
  // Digits, signs, blanks, and the beginnings of the words for infinity and for what is no number.
  if (first < colon || (first | 32) === letterI || (first | 32) === letterN) return 0;
  while (at <= last) {
    const bytes = v128.load(at);
    const quotes = i8x16.eq(bytes, i8x16.splat(34));
    const others = v128.or(i8x16.eq(bytes, i8x16.splat(92)), i8x16.eq(bytes, i8x16.splat(10)));
    const found = i8x16.bitmask(v128.or(quotes, others));
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    const code: u32 = load<u8>(at);
    if (code === quoteSign) return at + 1;
    if (code !== backslash || <u32>load<u8>(at, 1) === lineFeed) return 0;
    at += 2;
  }
  return 0;
}

/** Of the words for nothing, true and false in JSON and Python; 0 where none stands there. */
function lengthOfWord(at: usize): usize {
  const word = load<u32>(at);
  if (word === nullWord || word === trueWord || word === noneWord || word === pythonTrueWord) return 4;
  const isFalse = (word === falsWord || word === pythonFalsWord) && <u32>load<u8>(at, 4) === letterE;
  return isFalse ? 5 : 0;
}
