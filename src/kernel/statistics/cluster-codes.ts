/** Names of clusters as small numbers, so that sums by cluster are columns and not a map of a million objects. */

/** A cluster's name; equal keys are one cluster. */
export type ClusterKey = string | number
/** The cluster of each value: a list, or a typed array of places. */
export type ClusterKeys = {
  readonly length: number
  readonly [at: number]: ClusterKey
  every(test: (key: ClusterKey) => boolean): boolean
}

/** `codes[i]` is the place of value i's cluster among `count` clusters, in the order in which they come first. */
export function clusterCodes(clusters: ClusterKeys): { codes: Int32Array; count: number } {
  const codes = new Int32Array(clusters.length)
  const known = clusters.every(isPlace) ? knownPlaces() : knownNames()
  let count = 0
  for (let at = 0; at < clusters.length; at++) {
    const code = known(clusters[at] ?? '', count)
    if (code === count) count++
    codes[at] = code
  }
  return { codes, count }
}

type Known = (key: ClusterKey, next: number) => number

function knownNames(): Known {
  const names = new Map<ClusterKey, number>()
  return (key, next) => {
    const code = names.get(key)
    if (code === undefined) names.set(key, next)
    return code ?? next
  }
}

/** Keys that are whole numbers from 0 need four bytes each. */
function knownPlaces(): Known {
  let places = new Int32Array(1024)
  return (key, next) => {
    const at = Number(key)
    if (at >= places.length) {
      const wider = new Int32Array(2 ** Math.ceil(Math.log2(at + 1)))
      wider.set(places)
      places = wider
    }
    const code = places[at] ?? 0
    if (code === 0) places[at] = next + 1
    return code === 0 ? next : code - 1
  }
}

const MOST_PLACES = 2 ** 24
const isPlace = (key: ClusterKey): boolean =>
  typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < MOST_PLACES
