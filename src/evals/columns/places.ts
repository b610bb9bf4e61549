/** Where the examples of an experiment stand among each other, and which rows of the dataset they are. */

export type Places = {
  readonly count: number
  /** By the number of an example, from 1; -1 where it is none of them. */
  placeOf(number: number): number
  /** The number of the example at a place. */
  numberAt(place: number): number
}

/** Every row of the dataset is one of them. */
export const allPlaces = (count: number): Places => ({
  count,
  placeOf: (number) => (number >= 1 && number <= count ? number - 1 : -1),
  numberAt: (place) => place + 1,
})

/** @param numbers of the examples, rising: four bytes for each */
export const somePlaces = (numbers: Int32Array): Places => ({
  count: numbers.length,
  placeOf(number) {
    let [low, high] = [0, numbers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[middle] ?? 0) < number) low = middle + 1
      else high = middle
    }
    return numbers[low] === number ? low : -1
  },
  numberAt: (place) => numbers[place] ?? 0,
})
