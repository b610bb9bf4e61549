/**
 * What looking for a kept question by meaning costs, without the model of vectors: microseconds of processor time for one look-up among
 * 10,000 kept vectors of one scope, beside the bare limit, which is the dot product with every one of them.
 *
 * node bench/gateway/near-answers.ts [--smoke]
 *
 * Vectors are drawn at random around 200 topics, so that most are far apart and some near, as questions are.
 */
import { createNearAnswers } from '../../src/gateway/index.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { line } from './processes.ts'

const isSmoke = process.argv.includes('--smoke')
const KEPT = isSmoke ? 500 : 10_000
const ASKED = isSmoke ? 20 : 300
const TOPICS = 200
const THRESHOLD = 0.9
/** Of the length of a vector, how much is not its topic's. */
const NOISE = 0.6

for (const dimensions of [384, 768, 1536]) {
  const random = seededRandom(dimensions)
  const drawn = () => Array.from({ length: dimensions }, () => random() + random() + random() - 1.5)
  const topics = Array.from({ length: TOPICS }, () => unit(drawn()))
  const around = (topic: Float32Array) => {
    const noise = unit(drawn())
    return unit(topic.map((part, at) => part + NOISE * (noise[at] ?? 0)))
  }
  const pick = () => around(topics[Math.floor(random() * TOPICS)] ?? unit(drawn()))
  const near = createNearAnswers({
    nowMs: () => 0,
    mostBytes: Number.POSITIVE_INFINITY,
    mostParts: Number.POSITIVE_INFINITY,
  })
  const kept = Array.from({ length: KEPT }, pick)
  for (const [at, vector] of kept.entries()) near.keep('scope', { vector, key: `${at}`, untilMs: 1 })
  const asked = Array.from({ length: ASKED }, pick)
  const bare = timed(asked, (vector) => {
    let best = 0
    for (const one of kept) best = Math.max(best, dot(one, vector))
    return best
  })
  const ours = timed(asked, (vector) => near.find('scope', vector, THRESHOLD)?.similarity ?? 0)
  line(`bare, ${dimensions} dimensions, ${KEPT} kept`, `${bare.toFixed(0)} µs`)
  line(`  ours, threshold ${THRESHOLD}`, `${ours.toFixed(0)} µs, ${Math.round((100 * ours) / bare)} % of bare`)
}

/** Microseconds of processor time for one, which a busy machine does not change much. */
function timed(asked: readonly Float32Array[], look: (vector: Float32Array) => number): number {
  // Once to warm the compiler.
  for (const vector of asked.slice(0, 20)) look(vector)
  const started = process.cpuUsage()
  for (const vector of asked) look(vector)
  const { user, system } = process.cpuUsage(started)
  return (user + system) / asked.length
}

function unit(parts: ArrayLike<number>): Float32Array {
  const list = Array.from(parts)
  const length = Math.hypot(...list)
  return Float32Array.from(list, (one) => one / length)
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number)
  return sum
}
