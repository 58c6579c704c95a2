import { GrowingFloats } from './growingArray.ts';
import { GrowingStretches } from './growingStretches.ts';

/** Where the records of a log start, in lines or bytes. Most logs have a record on each line. */
export class GrowingPlaces extends GrowingStretches<GrowingFloats> {
  protected allocate(): GrowingFloats {
    return new GrowingFloats();
  }

  /** Up to one behind the last. */
  set(index: number, place: number): void {
    this.cut(index);
    this.push(place);
  }

  /** The first `count`, each above the one before: where the last is as far from the first as there are of them, none is missing. */
  append(places: Float64Array, count: number): void {
    const first = places[0] ?? 0;
    if (places[count - 1] === first + count - 1) this.extend(first, count);
    else for (let i = 0; i < count; i += 1) this.push(places[i] ?? 0);
  }
}
