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

  /** Each above the one before: where the last is as far from the first as there are of them, none is missing between. */
  append(places: Float64Array): void {
    const first = places[0] ?? 0;
    if (places[places.length - 1] === first + places.length - 1) this.extend(first, places.length);
    else for (let i = 0; i < places.length; i += 1) this.push(places[i] ?? 0);
  }
}
