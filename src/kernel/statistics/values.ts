/** Numbers in a row: a list, or a typed array, which is how a million of them are handed over. */
export type Values = {
  readonly length: number
  readonly [at: number]: number
  every(test: (value: number) => boolean): boolean
  findIndex(test: (value: number) => boolean): number
  reduce(add: (total: number, value: number, at: number) => number, first: number): number
  map(change: (value: number, at: number) => number): Values
  [Symbol.iterator](): Iterator<number>
}
