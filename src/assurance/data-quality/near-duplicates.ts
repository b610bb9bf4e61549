/**
 * Texts that say nearly the same: MinHash signatures find candidates (Broder 1997), locality-sensitive bands sort them
 * (Indyk & Motwani 1998), and every candidate is compared exactly before it counts.
 *
 * Two texts are near duplicates when the Jaccard similarity of their five-letter shingles is at least `threshold` and
 * they hold the same numbers: "order 5" and "order 6" are two questions. Pure; the same texts give the same clusters.
 */
import { plain } from '../../evals/index.ts'

export type Grouped = {
  /** Where it stands: a split, `prompt answer`, `knowledge`. */
  readonly group: string
  readonly text: string
}

/** Texts that are near duplicates of each other, as places in the list, the first one first. */
export type Cluster = {
  readonly members: readonly number[] /** The lowest that joined two of them. */
  readonly similarity: number
}

export type NearDuplicates = {
  readonly clusters: readonly Cluster[]
  /** Texts that are too short to compare by shingles; equal ones are found as exact duplicates. */
  readonly tooShort: number
}

const SHINGLE = 5
const BANDS = 16
const ROWS = 4
const HASHES = BANDS * ROWS
/** Texts of one band and bucket that a further one is held against: each is of a cluster of its own. */
const MOST_COMPARED = 16
const FEWEST_SHINGLES = 6

export function findNearDuplicates(texts: readonly Grouped[], { threshold = 0.8 } = {}): NearDuplicates {
  const sets: Uint32Array[] = []
  const numbers = new Uint32Array(texts.length)
  const signatures = new Uint32Array(texts.length * HASHES)
  let tooShort = 0
  for (const [at, { text }] of texts.entries()) {
    const words = plain(text)
    const set = shinglesOf(words)
    sets.push(set)
    numbers[at] = hashOf((words.match(/\d+/g) ?? []).sort().join(' '))
    if (set.length < FEWEST_SHINGLES) tooShort += 1
    else sign(set, signatures.subarray(at * HASHES, (at + 1) * HASHES))
  }
  const clusters = createClusters(texts.length)
  for (let band = 0; band < BANDS; band++) {
    const buckets = new Map<number, number[]>()
    for (let at = 0; at < texts.length; at++) {
      const set = sets[at] as Uint32Array
      if (set.length < FEWEST_SHINGLES) continue
      let key = numbers[at] as number
      for (let row = 0; row < ROWS; row++)
        key = mixed(key ^ (signatures[at * HASHES + band * ROWS + row] as number), row)
      const bucket = buckets.get(key)
      if (bucket === undefined) {
        buckets.set(key, [at])
        continue
      }
      let isJoined = false
      for (const other of bucket) {
        isJoined = clusters.areJoined(at, other)
        if (!isJoined && numbers[at] === numbers[other]) {
          const similarity = jaccard(set, sets[other] as Uint32Array)
          if (similarity >= threshold) {
            clusters.join(at, other, similarity)
            isJoined = true
          }
        }
        if (isJoined) break
      }
      if (!isJoined && bucket.length < MOST_COMPARED) bucket.push(at)
    }
  }
  return { clusters: clusters.all(), tooShort }
}

/** Clusters whose members stand in more than one group. */
export const acrossGroups = (clusters: readonly Cluster[], texts: readonly Grouped[]): Cluster[] =>
  clusters.filter(({ members }) => new Set(members.map((at) => texts[at]?.group)).size > 1)

/** Shared elements over all elements of two sorted sets. */
export function jaccard(one: Uint32Array, other: Uint32Array): number {
  let [left, right, shared] = [0, 0, 0]
  while (left < one.length && right < other.length) {
    const [a, b] = [one[left] as number, other[right] as number]
    if (a === b) shared += 1
    if (a <= b) left += 1
    if (b <= a) right += 1
  }
  return shared === 0 ? 0 : shared / (one.length + other.length - shared)
}

/** The distinct shingles of a text, hashed and sorted. */
export function shinglesOf(words: string): Uint32Array {
  const count = words.length - SHINGLE + 1
  if (count <= 0) return new Uint32Array(0)
  const all = new Uint32Array(count)
  for (let start = 0; start < count; start++) {
    let hash = 0x811c9dc5
    for (let at = start; at < start + SHINGLE; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193)
    all[start] = mixed(hash, 0)
  }
  all.sort()
  let kept = 0
  for (const hash of all) if (kept === 0 || hash !== all[kept - 1]) all[kept++] = hash
  return all.subarray(0, kept)
}

function sign(set: Uint32Array, signature: Uint32Array): void {
  signature.fill(0xffffffff)
  for (const shingle of set)
    for (let hash = 0; hash < HASHES; hash++) {
      const value = mixed(shingle, hash)
      if (value < (signature[hash] as number)) signature[hash] = value
    }
}

/** One of a family of hashes of 32 bits: the finaliser of MurmurHash3, begun at another place for each. */
function mixed(value: number, which: number): number {
  let hash = value ^ Math.imul(which + 1, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mixed(hash, 0)
}

/** Union-find, with the lowest similarity that joined each cluster. */
function createClusters(size: number) {
  const parents = Int32Array.from({ length: size }, (_, at) => at)
  const lowest = new Float64Array(size).fill(1)
  const rootOf = (at: number): number => {
    let root = at
    while (parents[root] !== root) root = parents[root] as number
    for (let one = at; one !== root; ) {
      const next = parents[one] as number
      parents[one] = root
      one = next
    }
    return root
  }
  return {
    areJoined: (one: number, other: number) => rootOf(one) === rootOf(other),
    join(one: number, other: number, similarity: number): void {
      const [a, b] = [rootOf(one), rootOf(other)]
      const [root, child] = a < b ? [a, b] : [b, a]
      lowest[root] = Math.min(similarity, lowest[a] as number, lowest[b] as number)
      parents[child] = root
    },
    all(): Cluster[] {
      const members = new Map<number, number[]>()
      for (let at = 0; at < size; at++) {
        const root = rootOf(at)
        const there = members.get(root)
        if (there) there.push(at)
        else members.set(root, [at])
      }
      return [...members].flatMap(([root, of]) =>
        of.length > 1 ? [{ members: of, similarity: lowest[root] as number }] : [],
      )
    },
  }
}
