/**
 * Builds the snapshot of an index. Passages are sorted by id first, so that the order of files changes
 * nothing and equal scores fall in the order of ordinals.
 */
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { ANALYSERS, type AnalyserName } from '../analysers/analysers.ts'
import { type Passage, searchedText } from '../passage.ts'
import { pause } from '../pause.ts'
import { encodeSnapshot, FIELDS } from './format.ts'

export type IndexSettings = {
  readonly analyser: AnalyserName
  readonly k1: number
  readonly b: number
  /** The libraries that read the documents, by format; a new version of one is another index. */
  readonly extractors?: Readonly<Record<string, string>>
  /** Which model made the vectors that passages brought along; another one is another index. */
  readonly embedding?: string | undefined
}
export type BuiltSnapshot = {
  /** Over passages and parameters, not over the file. */
  readonly digest: Digest
  readonly file: Buffer
  readonly passages: number
  readonly terms: number
  readonly tokens: number
}

const PASSAGES_AT_ONCE = 200
const MOST_BYTES = 2 ** 32 - 1

export async function buildSnapshot(given: readonly Passage[], settings: IndexSettings): Promise<BuiltSnapshot> {
  const passages = given.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const { termsOf, version } = ANALYSERS[settings.analyser]
  const lengths = new Uint32Array(passages.length)
  const postings = new Map<string, { passages: number[]; counts: number[] }>()
  const digests: Digest[] = []
  for (const [ordinal, passage] of passages.entries()) {
    if (ordinal % PASSAGES_AT_ONCE === PASSAGES_AT_ONCE - 1) await pause()
    digests.push(digestOf(passage))
    const terms = termsOf(searchedText(passage))
    lengths[ordinal] = terms.length
    for (const [term, count] of tally(terms)) {
      const there = postings.get(term) ?? { passages: [], counts: [] }
      if (there.passages.length === 0) postings.set(term, there)
      there.passages.push(ordinal)
      there.counts.push(count)
    }
  }
  const parameters = { ...settings, analyserVersion: version }
  const digest = digestOf({ schema: 'airworthy.index/1', passages: digests, ...parameters })
  const sorted = [...postings.keys()].map((term) => Buffer.from(term)).sort(Buffer.compare)
  const lists = sorted.map((term) => postings.get(term.toString('utf8')) ?? { passages: [], counts: [] })
  await pause()
  const texts = passages.flatMap((passage) => FIELDS.map((field) => Buffer.from(passage[field])))
  const tokens = lengths.reduce((sum, length) => sum + length, 0)
  const file = encodeSnapshot(
    { digest, ...parameters, passages: passages.length, terms: sorted.length, tokens },
    {
      termOffsets: offsets(sorted.map((term) => term.byteLength)),
      terms: Buffer.concat(sorted),
      postingOffsets: offsets(lists.map((list) => list.passages.length)),
      postingPassages: numbers(lists.flatMap((list) => list.passages)),
      postingCounts: numbers(lists.flatMap((list) => list.counts)),
      lengths: bytes(lengths),
      passageOffsets: offsets(texts.map((text) => text.byteLength)),
      passages: Buffer.concat(texts),
    },
  )
  return { digest, file, passages: passages.length, terms: sorted.length, tokens }
}

function tally(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

/** Running sums of sizes, starting with 0. */
function offsets(sizes: readonly number[]): Uint8Array {
  const sums = new Uint32Array(sizes.length + 1)
  let sum = 0
  for (const [at, size] of sizes.entries()) {
    sum += size
    if (sum > MOST_BYTES) throw tooLarge()
    sums[at + 1] = sum
  }
  return bytes(sums)
}

const numbers = (values: readonly number[]): Uint8Array => bytes(Uint32Array.from(values))
const bytes = (view: Uint32Array): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

const tooLarge = (): Failure =>
  new Failure('too-large', 'knowledge.index-too-large', 'The documents are over 4 GB of text. Split the application.')
