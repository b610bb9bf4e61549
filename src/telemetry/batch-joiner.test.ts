import { expect, test } from 'vitest'
import { createBatchJoiner } from './batch-joiner.ts'
import type { SpanBatch } from './otlp-batch.ts'

const batchOf = (traceId: string, bytes = 10): SpanBatch => ({
  traceIds: [traceId],
  lines: new TextEncoder().encode(`${traceId}\n`.padStart(bytes, 'x')),
  sums: JSON.stringify([{ traceId }]),
})

/** A database that answers when it is told to; `refuses` says which traces it does not take. */
function database({ refuses = [] as string[] } = {}) {
  const asked: (readonly string[])[] = []
  const answers: (() => void)[] = []
  const joiner = createBatchJoiner({
    add: (batch) => {
      asked.push(batch.traceIds)
      expect(JSON.parse(batch.sums).map(({ traceId }: { traceId: string }) => traceId)).toEqual(batch.traceIds)
      return new Promise((resolve, reject) =>
        answers.push(() => (batch.traceIds.some((id) => refuses.includes(id)) ? reject(new Error('no')) : resolve())),
      )
    },
  })
  return {
    joiner,
    asked,
    /** Answers all that is asked, until nothing is asked any more. */
    async answer() {
      while (answers.length > 0) {
        for (const answer of answers.splice(0)) answer()
        await new Promise((next) => setImmediate(next))
      }
    },
  }
}

test('what comes while four are under way goes together, in the order of its traces', async () => {
  const { joiner, asked, answer } = database()
  const added = ['a', 'b', 'c', 'd', 'h', 'f', 'g', 'e'].map((id) => joiner.add(batchOf(id)))
  expect(asked).toEqual([['a'], ['b'], ['c'], ['d']])
  await answer()
  await Promise.all(added)
  expect(asked.slice(4)).toEqual([['e', 'f', 'g', 'h']])
})

test('a trace stands in one batch alone, and a large batch goes alone', async () => {
  const { joiner, asked, answer } = database()
  const ids = ['a', 'b', 'c', 'd', 'e', 'e', 'f']
  const added = [...ids.map((id) => joiner.add(batchOf(id))), joiner.add(batchOf('large', 600 * 1024))]
  await answer()
  await Promise.all(added)
  expect(asked.slice(4)).toEqual([['e', 'f'], ['e'], ['large']])
})

test('one that cannot be kept spoils no other', async () => {
  const { joiner, asked, answer } = database({ refuses: ['f'] })
  const added = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => joiner.add(batchOf(id)))
  const settled = Promise.allSettled(added)
  await answer()
  expect((await settled).map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected', 'fulfilled'])
  expect(asked.slice(4)).toEqual([['e', 'f', 'g'], ['e'], ['f'], ['g']])
})
