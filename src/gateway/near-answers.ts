/**
 * Vectors of questions whose answers are kept (`answer-cache.ts`), by the scope within which they may be given: the
 * nearest is found by looking at each. Bounded by bytes; the scope unused for longest loses its oldest first.
 *
 * Looking at each is exact, and quick for some thousands: most vectors are given up after a few of their parts, because
 * what is left of two of them cannot bring them near enough (Cauchy and Schwarz). `bench/gateway/near-answers.ts`
 * measures it.
 */
const MOST_BYTES = 64 * 1024 * 1024
/** Parts of vectors in one scope, so that a look-up stays at some milliseconds: 10,000 vectors of 384. */
const MOST_PARTS = 3_840_000
/** What an entry costs beside its vector. */
const ENTRY_BYTES = 512
const PART = 64

type Entry = {
  readonly vector: Float32Array
  /** The length of what is left of the vector from each part on. */
  readonly left: Float32Array
  /** Of the kept answer. */
  readonly key: string
  readonly untilMs: number
}

export type Near = { readonly key: string; readonly similarity: number }
export type NearAnswers = ReturnType<typeof createNearAnswers>

export function createNearAnswers({
  nowMs,
  mostBytes = MOST_BYTES,
  mostParts = MOST_PARTS,
}: {
  nowMs: () => number
  mostBytes?: number
  mostParts?: number
}) {
  const scopes = new Map<string, Entry[]>()
  let bytes = 0

  function drop(scope: string, gone: (entry: Entry) => boolean): void {
    const kept = (scopes.get(scope) ?? []).filter((entry) => {
      const isGone = gone(entry)
      if (isGone) bytes -= bytesOf(entry)
      return !isGone
    })
    if (kept.length === 0) scopes.delete(scope)
    else scopes.set(scope, kept)
  }

  return {
    /** The nearest at `threshold` or above; undefined when there is none. Both vectors are of length 1. */
    find(scope: string, vector: Float32Array, threshold: number): Near | undefined {
      const entries = scopes.get(scope)
      if (!entries) return undefined
      // The newest used stands last.
      scopes.delete(scope)
      scopes.set(scope, entries)
      const now = nowMs()
      const left = leftOf(vector)
      // Rounding of 32-bit parts must not take away what lies at the threshold.
      let [best, least] = [undefined as Entry | undefined, threshold - 1e-6]
      for (const entry of entries) {
        if (entry.untilMs <= now || entry.vector.length !== vector.length) continue
        const similarity = cosineAbove(entry, { vector, left }, least)
        if (similarity === undefined) continue
        best = entry
        least = similarity
      }
      return best && { key: best.key, similarity: least }
    },
    keep(scope: string, entry: { vector: Float32Array; key: string; untilMs: number }): void {
      const now = nowMs()
      const known = scopes.get(scope) ?? []
      if (known.some(({ key, untilMs }) => key === entry.key || untilMs <= now))
        drop(scope, ({ key, untilMs }) => key === entry.key || untilMs <= now)
      const added = { ...entry, left: leftOf(entry.vector) }
      const entries = scopes.get(scope) ?? []
      entries.push(added)
      scopes.delete(scope)
      scopes.set(scope, entries)
      bytes += bytesOf(added)
      const isFull = () => entries.length * entry.vector.length > mostParts
      while (isFull() || bytes > mostBytes) {
        const [eldest = scope] = isFull() ? [scope] : scopes.keys()
        const oldest = scopes.get(eldest)?.shift()
        if (oldest) bytes -= bytesOf(oldest)
        if (!scopes.get(eldest)?.length) scopes.delete(eldest)
        if (bytes <= 0) break
      }
    },
    /** Its answer is kept no more. */
    forget(scope: string, gone: string): void {
      drop(scope, ({ key }) => key === gone)
    },
    figures: () => ({ entries: scopes.values().reduce((sum, { length }) => sum + length, 0), bytes }),
  }
}

const bytesOf = ({ vector, left }: Entry): number => vector.byteLength + left.byteLength + ENTRY_BYTES

function leftOf(vector: Float32Array): Float32Array {
  const parts = Math.ceil(vector.length / PART)
  const left = new Float32Array(parts + 1)
  let square = 0
  for (let part = parts - 1; part >= 0; part -= 1) {
    for (const one of vector.subarray(part * PART, (part + 1) * PART)) square += one * one
    left[part] = Math.sqrt(square)
  }
  return left
}

/** Undefined where it cannot be above `least`, which is known before the end for most. */
function cosineAbove(one: Pick<Entry, 'vector' | 'left'>, other: Pick<Entry, 'vector' | 'left'>, least: number) {
  const [a, b] = [one.vector, other.vector]
  let sum = 0
  for (let from = 0, part = 0; from < a.length; from += PART, part += 1) {
    if (sum + (one.left[part] ?? 0) * (other.left[part] ?? 0) <= least) return undefined
    const to = Math.min(from + PART, a.length)
    let [even, odd, at] = [0, 0, from]
    // Two sums side by side, so that no addition waits for the one before.
    for (; at + 1 < to; at += 2) {
      even += (a[at] as number) * (b[at] as number)
      odd += (a[at + 1] as number) * (b[at + 1] as number)
    }
    if (at < to) even += (a[at] as number) * (b[at] as number)
    sum += even + odd
  }
  return sum > least ? sum : undefined
}
