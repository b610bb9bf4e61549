/**
 * Claim: near duplicates among 100,000 rows are found in under 30 s, each candidate compared exactly.
 *
 * The bare limit beside it, in the same run: a comparison of every pair of a sample, from which the time for all pairs
 * follows, and by which what was found is checked. `node bench/near-duplicates/near-duplicates.ts [--smoke]`.
 */
import { findNearDuplicates, jaccard, shinglesOf } from '../../src/assurance/index.ts'
import { plain } from '../../src/evals/index.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { monotonicMs } from '../../src/kernel/time.ts'

const isSmoke = process.argv.includes('--smoke')
const ROWS = isSmoke ? 5_000 : 100_000
const SAMPLE = isSmoke ? 500 : 3_000
const CLAIM_SECONDS = 30
const THRESHOLD = 0.8

const random = seededRandom(7)
const letters = 'aeioubcdfghklmnprstvz'
const word = () =>
  Array.from({ length: 3 + Math.floor(random() * 6) }, () => letters[Math.floor(random() * letters.length)]).join('')
const vocabulary = Array.from({ length: 4_000 }, word)
/** Frequent words are frequent: the square makes the first ones common. */
const pick = () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)] ?? ''
const sentence = () => Array.from({ length: 8 + Math.floor(random() * 16) }, pick).join(' ')
const changed = (text: string) => {
  const words = text.split(' ')
  words[Math.floor(random() * words.length)] = pick()
  return words.join(' ')
}

const texts: { group: string; text: string }[] = []
while (texts.length < ROWS) {
  const before = texts[Math.floor(random() * texts.length)]
  // One row in ten is another one with a word changed.
  texts.push({
    group: texts.length % 2 ? 'build' : 'holdout',
    text: before && random() < 0.1 ? changed(before.text) : sentence(),
  })
}

const start = monotonicMs()
const { clusters } = findNearDuplicates(texts, { threshold: THRESHOLD })
const seconds = (monotonicMs() - start) / 1000
const rssMb = process.memoryUsage().rss / 1024 / 1024

const clusterOf = new Map(clusters.flatMap(({ members }, at) => members.map((member) => [member, at] as const)))
const sampleStart = monotonicMs()
const sets = texts.slice(0, SAMPLE).map(({ text }) => shinglesOf(plain(text)))
let [near, found] = [0, 0]
for (let one = 0; one < SAMPLE; one++)
  for (let other = one + 1; other < SAMPLE; other++)
    if (jaccard(sets[one] as Uint32Array, sets[other] as Uint32Array) >= THRESHOLD) {
      near += 1
      if (clusterOf.has(one) && clusterOf.get(one) === clusterOf.get(other)) found += 1
    }
const allPairsSeconds = ((monotonicMs() - sampleStart) / 1000) * (ROWS / SAMPLE) ** 2

console.log(
  `near duplicates among ${ROWS} rows   ${seconds.toFixed(1)} s (claim: under ${CLAIM_SECONDS} s), ${clusters.length} clusters, ${rssMb.toFixed(0)} MB`,
)
console.log(
  `every pair, from ${SAMPLE} rows       ${allPairsSeconds.toFixed(0)} s, ${(allPairsSeconds / seconds).toFixed(0)} times as long`,
)
console.log(`pairs of the sample at ${THRESHOLD} or more   ${near}, of which found ${found}`)
