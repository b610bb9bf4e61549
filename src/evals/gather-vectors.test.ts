/** Vectors of several rows in one request: each gets its own, pays its part, and falls alone. */
import { expect, test } from 'vitest'
import { Failure } from '../kernel/failure.ts'
import { sumMoney } from '../kernel/money.ts'
import type { EmbedTexts } from './evaluators/index.ts'
import { gatherVectors } from './gather-vectors.ts'

const { signal } = new AbortController()
const vectorOf = (text: string) => Float32Array.of(text.length)

/** A model that answers with the lengths of texts, and what it was asked. */
function lengths(refuses: (texts: readonly string[]) => unknown = () => undefined) {
  const asked: (readonly string[])[] = []
  const embed: EmbedTexts = async ({ texts }) => {
    asked.push(texts)
    const why = refuses(texts)
    if (why !== undefined) throw why
    return { vectors: texts.map(vectorOf), costMicroUsd: '10' as never }
  }
  return { asked, ask: gatherVectors(embed) }
}
const rows = (count: number) => Array.from({ length: count }, (_, at) => [`answer ${at}`, 'the reference'])

test('rows that ask in one turn go in one request, each text once, and the parts are what it cost', async () => {
  const { asked, ask } = lengths()
  const answers = await Promise.all(rows(3).map((texts) => ask({ model: 'm/v', texts, signal })))
  expect(asked).toEqual([['answer 0', 'the reference', 'answer 1', 'answer 2']])
  for (const { vectors } of answers) expect(vectors).toEqual([vectorOf('answer 0'), vectorOf('the reference')])
  expect(sumMoney(answers.map(({ costMicroUsd }) => costMicroUsd ?? '0'))).toBe('10')
})

test('a request holds what providers take, and models are asked apart', async () => {
  const { asked, ask } = lengths()
  const long = 'x'.repeat(99_990)
  const texts = [...rows(200), [long], [long.toUpperCase()]]
  await Promise.all([
    ...texts.map((own) => ask({ model: 'm/v', texts: own, signal })),
    ask({ model: 'm/w', texts: ['one'], signal }),
  ])
  expect(asked.map((some) => some.length).toSorted((one, other) => one - other)).toEqual([1, 1, 1, 11, 96, 96])
})

test('texts that are refused together are asked row by row, and one that is refused costs its own row alone', async () => {
  const { asked, ask } = lengths((texts) =>
    texts.includes('answer 1') ? new Failure('invalid', 'models.upstream-refused', 'Too long.') : undefined,
  )
  const ended = await Promise.allSettled(rows(3).map((texts) => ask({ model: 'm/v', texts, signal })))
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(asked).toHaveLength(4)
})

test.for([
  ['is away', new Failure('unavailable', 'models.upstream-failed', 'It is away.')],
  ['wants to be left alone', new Failure('limited', 'models.upstream-limited', 'Wait.')],
] as const)('a provider that %s is not asked again for each row', async ([, failure]) => {
  const { asked, ask } = lengths(() => failure)
  const ended = await Promise.allSettled(rows(3).map((texts) => ask({ model: 'm/v', texts, signal })))
  expect([asked.length, ended.every(({ status }) => status === 'rejected')]).toEqual([1, true])
})
