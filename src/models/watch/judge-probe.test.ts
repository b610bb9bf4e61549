import { expect, test } from 'vitest'
import { seededRandom } from '../../kernel/random.ts'
import { answerDigest, judgeProbe, type Observed } from './judge-probe.ts'
import { similarityOf } from './similarity.ts'

const QUESTIONS = Array.from({ length: 12 }, (_, at) => `q${at}`)
const observed = (say: (question: string, repeat: number) => string, more: Partial<Observed> = {}): Observed => ({
  answers: QUESTIONS.flatMap((prompt) =>
    [1, 2, 3].map((repeat) => {
      const text = say(prompt, repeat)
      return { prompt, repeat, text, digest: answerDigest(text), firstTokenMs: 1, latencyMs: 2, outputTokens: 3 }
    }),
  ),
  responseModels: ['m-1'],
  fingerprints: ['fp_1'],
  ...more,
})
const steady = observed((question) => `The answer to ${question} is a plain one.`)
const changedIn = (count: number) =>
  observed((question) =>
    QUESTIONS.indexOf(question) < count
      ? `Sorry, ${question} cannot be said.`
      : `The answer to ${question} is a plain one.`,
  )
const judge = (before: Observed | undefined, now: Observed, seed = 1) => judgeProbe(before, now, seededRandom(seed))

test('the first probe compares with nothing', () => {
  expect(judge(undefined, steady)).toMatchObject({ kind: 'first', pValue: null, identical: { n: 0 } })
})

test('the same answers are the same model', () => {
  expect(judge(steady, steady)).toMatchObject({
    kind: 'same',
    identical: { value: 1, n: 12 },
    within: 1,
    between: 1,
    pValue: 1,
    detects: 4,
  })
})

test.for([
  [1, 'undecided'],
  [5, 'changed'],
  [12, 'changed'],
] as const)('of a model that never varies, %i changed answers are %s', ([count, kind]) => {
  const verdict = judge(steady, changedIn(count))
  expect(verdict.kind === kind || (count === 1 && verdict.kind === 'same'), verdict.why).toBe(true)
  expect(verdict.identical.value).toBeCloseTo(1 - count / 12)
})

test('another name of the model or another fingerprint is a change, also with the same answers', () => {
  expect(judge(steady, { ...steady, responseModels: ['m-2'] })).toMatchObject({ kind: 'changed', because: 'version' })
  expect(judge(steady, { ...steady, fingerprints: ['fp_2'] })).toMatchObject({
    kind: 'changed',
    because: 'fingerprint',
  })
  expect(judge(steady, { ...steady, fingerprints: ['fp_1', 'fp_2'] }), 'one of several is known').toMatchObject({
    kind: 'same',
  })
  expect(judge(steady, { ...steady, fingerprints: [] }), 'silence is no change').toMatchObject({ kind: 'same' })
})

const WORDS = ['blue', 'green', 'red', 'small', 'large', 'old', 'new', 'round']
/** A model that draws its words by chance, the same chance each day. */
const varying = (random: () => number) =>
  observed(
    (question) =>
      `${question}: ${Array.from({ length: 6 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')}`,
  )

test('a model that varies by itself raises no alarm: of 200 pairs of days none or one', () => {
  const random = seededRandom(7)
  const verdicts = Array.from({ length: 200 }, (_, at) => judge(varying(random), varying(random), at))
  expect(verdicts.filter(({ kind }) => kind === 'changed').length).toBeLessThanOrEqual(1)
  const low = verdicts.filter(({ pValue }) => (pValue ?? 1) <= 0.1).length
  expect(low, 'p is as likely low as it should be').toBeGreaterThan(5)
  expect(low).toBeLessThan(40)
})

test('and when it draws from other words, it is noticed all the same', () => {
  const random = seededRandom(9)
  const other = observed(
    (question) =>
      `${question}: ${Array.from({ length: 6 }, () => ['alpha', 'beta', 'gamma'][Math.floor(random() * 3)]).join(' ')}`,
  )
  expect(judge(varying(random), other)).toMatchObject({ kind: 'changed', because: 'answers' })
})

test('likeness is 1 for the same text in other case and blanks, and near 0 for another', () => {
  expect(similarityOf('The  Parcel', 'the parcel')).toBe(1)
  expect(similarityOf('abcdef', 'uvwxyz')).toBeLessThan(0.1)
  expect(similarityOf('', '')).toBe(1)
  expect(similarityOf('the parcel is here', 'the parcel is there')).toBeGreaterThan(0.7)
})
