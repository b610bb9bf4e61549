/**
 * Texts as unit vectors of tf-idf, and texts put together by the words that they share (leader clustering). It knows
 * words and no meaning: one question in other words is another question to it.
 *
 * Invariant: pure; the same texts in the same order give the same groups.
 */

/** Texts as alike as this share a group. */
export const ALIKE = 0.3
const TERMS = 4

export type Vector = ReadonlyMap<string, number>
export type WordGroup = { readonly members: number[]; readonly terms: string[] }

/** Unit vectors, weighed by how rare a word is among these texts. */
export function wordVectors(texts: readonly string[]): Vector[] {
  const documents = texts.map(wordsOf)
  const inDocuments = new Map<string, number>()
  for (const words of documents)
    for (const word of new Set(words)) inDocuments.set(word, (inDocuments.get(word) ?? 0) + 1)
  return documents.map((words) => {
    const vector = new Map<string, number>()
    for (const word of words)
      vector.set(word, (vector.get(word) ?? 0) + Math.log(1 + documents.length / (inDocuments.get(word) ?? 1)))
    const length = Math.hypot(...vector.values())
    return new Map([...vector].map(([word, weight]) => [word, weight / (length || 1)]))
  })
}

/** Groups of texts, each led by its first; members are places in the list. */
export function groupByWords(vectors: readonly Vector[]): { groups: WordGroup[]; nearest: (vector: Vector) => number } {
  const leaders = createLeaders()
  const groups: { members: number[]; sum: Map<string, number> }[] = []
  for (const [at, vector] of vectors.entries()) {
    const found = leaders.nearest(vector)
    const group = groups[found]
    if (group) {
      group.members.push(at)
      for (const [term, weight] of vector) group.sum.set(term, (group.sum.get(term) ?? 0) + weight)
    } else {
      leaders.add(vector)
      groups.push({ members: [at], sum: new Map(vector) })
    }
  }
  return {
    groups: groups.map(({ members, sum }) => ({ members, terms: heaviest(sum) })),
    nearest: leaders.nearest,
  }
}

/** Leaders by their words, so that a text is compared with those alone that share one. */
function createLeaders() {
  const postings = new Map<string, { leader: number; weight: number }[]>()
  let count = 0
  return {
    add(vector: Vector): void {
      for (const [term, weight] of vector) {
        const listed = postings.get(term)
        if (listed) listed.push({ leader: count, weight })
        else postings.set(term, [{ leader: count, weight }])
      }
      count += 1
    },
    /** The most alike, the first of several; -1 when none is alike enough. */
    nearest(vector: Vector): number {
      const sums = new Map<number, number>()
      for (const [term, own] of vector)
        for (const { leader, weight } of postings.get(term) ?? [])
          sums.set(leader, (sums.get(leader) ?? 0) + own * weight)
      let [best, most] = [-1, ALIKE]
      for (const [leader, alike] of sums)
        if (alike > most || (alike === most && (best === -1 || leader < best))) [best, most] = [leader, alike]
      return best
    },
  }
}

const heaviest = (sum: ReadonlyMap<string, number>): string[] =>
  [...sum]
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, TERMS)
    .map(([term]) => term)

const STOP = new Set(
  'the a an of to in is it and or for on that this with what how are was be by as at from do does did i you my can not no which who when where why will would'.split(
    ' ',
  ),
)
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter((word) => !STOP.has(word))
