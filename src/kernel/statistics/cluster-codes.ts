/** Names of clusters as small numbers, so that sums by cluster are columns and not a map of a million objects. */
import { longValues, type Values } from './values.ts'

/** A cluster's name; equal keys are one cluster. */
export type ClusterKey = string | number
type KeysInOrder = { readonly length: number; at(place: number): ClusterKey | undefined }
/** The place of each value's cluster among `count` clusters, in the order in which they come first. */
export type ClusterCodes = { readonly length: number; readonly codes: Values; readonly count: number }
/** The cluster of each value: a list, a typed array of places, or codes, which are then not looked for again. */
export type ClusterKeys = KeysInOrder | ClusterCodes

export function clusterCodes(clusters: ClusterKeys): ClusterCodes {
  if ('codes' in clusters) return clusters
  const { length } = clusters
  const range = rangeOf(clusters)
  if (!range) return codesOfNames(clusters)
  return range.isRising ? eachItsOwn(length) : codesOfPlaces(clusters, range)
}

const eachItsOwn = (length: number): ClusterCodes => ({
  length,
  codes: longValues(length, (piece, from) => {
    for (let at = 0; at < piece.length; at++) piece[at] = from + at
  }),
  count: length,
})

type Range = { readonly least: number; readonly most: number; readonly isRising: boolean }

const MOST_PLACES = 2 ** 24

/** Of keys that are whole numbers near each other; undefined where one is not. */
function rangeOf(keys: KeysInOrder): Range | undefined {
  let [least, most, isRising] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true]
  for (let at = 0; at < keys.length; at++) {
    const key = keys.at(at)
    if (typeof key !== 'number' || !Number.isInteger(key)) return undefined
    isRising &&= key > most
    least = Math.min(least, key)
    most = Math.max(most, key)
  }
  return most - least < MOST_PLACES ? { least, most, isRising } : undefined
}

/** Four bytes for each number in the range. */
function codesOfPlaces(keys: KeysInOrder, { least, most }: Range): ClusterCodes {
  const { length } = keys
  const codeBehind = new Int32Array(most - least + 1)
  const entry = (at: number) => Number(keys.at(at)) - least
  let count = 0
  for (let at = 0; at < length; at++) if (codeBehind[entry(at)] === 0) codeBehind[entry(at)] = ++count
  if (count === length) return eachItsOwn(length)
  const codes = longValues(length, (piece, from) => {
    for (let at = 0; at < piece.length; at++) piece[at] = (codeBehind[entry(from + at)] ?? 0) - 1
  })
  return { length, codes, count }
}

function codesOfNames(keys: KeysInOrder): ClusterCodes {
  const { length } = keys
  const known = new Map<ClusterKey, number>()
  const codes = new Float64Array(length)
  for (let at = 0; at < length; at++) {
    const key = keys.at(at) ?? ''
    const code = known.get(key) ?? known.size
    known.set(key, code)
    codes[at] = code
  }
  return { length, codes, count: known.size }
}
