import { expect, test } from 'vitest'
import { findContained } from './contained.ts'
import { acrossGroups, findNearDuplicates, jaccard, shinglesOf } from './near-duplicates.ts'

const texts = (...all: readonly (string | readonly [group: string, text: string])[]) =>
  all.map((one) => (typeof one === 'string' ? { group: 'build', text: one } : { group: one[0], text: one[1] }))
const membersOf = (...all: readonly string[]) =>
  findNearDuplicates(texts(...all)).clusters.map(({ members }) => members)

const QUESTION = 'How long does the delivery of a large parcel to Belgium usually take?'

test.for([
  [
    'the same words in other case, marks and spaces',
    QUESTION,
    '  how LONG does the delivery of a large parcel to belgium usually take',
    true,
  ],
  ['one letter that is wrong', QUESTION, 'How long does the delivery of a large parcel to Belgum usually take?', true],
  ['a word more at the end', QUESTION, `${QUESTION} Thanks!`, true],
  ['letters of full width', 'delivery to Belgium takes long', 'ｄｅｌｉｖｅｒｙ to Belgium takes long', true],
  [
    'another number',
    'Where is my parcel with the number 4711 now?',
    'Where is my parcel with the number 4712 now?',
    false,
  ],
  ['the numbers in another order', 'Is 5 more than 7 in this case here?', 'Is 7 more than 5 in this case here?', false],
  [
    'another question of the same kind',
    QUESTION,
    'How much does the delivery of a small letter to France usually cost?',
    false,
  ],
  ['nothing in common', QUESTION, 'What is the colour of the sky at night in the winter?', false],
  ['too short to compare', 'hi there', 'hi there!', false],
] as const)('two texts with %s', ([, one, other, areNear]) => {
  expect(membersOf(one, other)).toEqual(areNear ? [[0, 1]] : [])
})

test('what is found is compared exactly: a cluster says the similarity that joined it', () => {
  const [one, other] = [QUESTION, `${QUESTION} Thanks!`].map((text) =>
    shinglesOf(
      text
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim(),
    ),
  )
  const [cluster] = findNearDuplicates(texts(QUESTION, `${QUESTION} Thanks!`)).clusters
  expect(cluster?.similarity).toBeCloseTo(jaccard(one as Uint32Array, other as Uint32Array), 12)
  expect(cluster?.similarity).toBeGreaterThan(0.8)
})

test('a cluster over several splits is told from one within a split', () => {
  const all = texts(
    ['build', QUESTION],
    ['holdout', `${QUESTION}!`],
    ['build', 'May I send back what I have opened already?'],
    ['build', 'May I send back what I have opened already??'],
  )
  const { clusters } = findNearDuplicates(all)
  expect(clusters.map(({ members }) => members)).toEqual([
    [0, 1],
    [2, 3],
  ])
  expect(acrossGroups(clusters, all).map(({ members }) => members)).toEqual([[0, 1]])
})

test('of a thousand texts every pair that is near is found, and none that is not', () => {
  const words =
    'parcel letter Antwerp Ghent delivery late broken refund invoice courier signature weekend box label stamp'.split(
      ' ',
    )
  const made = Array.from({ length: 1000 }, (_, at) => {
    const say = (step: number) => words[(at * 7 + step * (1 + (at % 13))) % words.length]
    return `${say(1)} ${say(2)} question ${say(3)} of customer ${say(4)} about ${say(5)} and ${say(6)} then ${say(7)} ${say(8)} ${at % 3 ? say(9) : say(2)}`
  })
  const { clusters } = findNearDuplicates(texts(...made))
  const clusterOf = new Map(clusters.flatMap(({ members }, at) => members.map((member) => [member, at] as const)))
  const sets = made.map((text) => shinglesOf(text.toLowerCase()))
  for (let one = 0; one < 1000; one += 1)
    for (let other = one + 1; other < 1000; other += 7)
      if (jaccard(sets[one] as Uint32Array, sets[other] as Uint32Array) >= 0.9)
        expect(clusterOf.get(one), `${made[one]} | ${made[other]}`).toBe(clusterOf.get(other))
})

test.for([
  ['a prompt that shows it', QUESTION, `Examples:\n- ${QUESTION}\n- And so on.`, true],
  ['a prompt that shows it in other letters', QUESTION, `q: ${QUESTION.toUpperCase()}`, true],
  ['a short question', 'May I return it?', 'Ask: may I return it? Then answer.', true],
  [
    'a document about the same',
    QUESTION,
    'The delivery of a parcel to Belgium takes three days; a large one takes five.',
    false,
  ],
  ['two words', 'thank you', 'We thank you for your letter.', false],
] as const)('a question against %s', ([, question, text, isFound]) => {
  expect(findContained([question], ['Something else entirely stands here.', text])).toEqual(
    isFound ? [{ question: 0, text: 1 }] : [],
  )
})
