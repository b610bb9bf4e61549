import { expect, test } from 'vitest'
import { createTurnEnd } from './turn-end.ts'

type Settled = Parameters<ReturnType<typeof createTurnEnd>['settle']>[0]
const ended = (traceId: string) => ({ event: { traceId }, asked: undefined }) as Settled

test('what ends in one turn is written once and sent behind it, also behind a send that throws', async () => {
  const done: unknown[] = []
  const { settle, afterwards } = createTurnEnd({
    settleAll: (all) => done.push(all.map(({ event }) => event.traceId)),
    report: (thrown) => done.push(thrown),
  })
  settle(ended('first'))
  afterwards(() => {
    done.push('sent first')
    // It ends while others are sent, so it has a write of its own.
    settle(ended('third'))
    afterwards(() => done.push('sent third'))
    throw 'broken'
  })
  settle(ended('second'))
  afterwards(() => done.push('sent second'))
  expect(done).toEqual([])
  await expect.poll(() => done.length).toBe(6)
  expect(done).toEqual([['first', 'second'], 'sent first', 'broken', 'sent second', ['third'], 'sent third'])
  afterwards(() => done.push('at once'))
  expect(done.at(-1)).toBe('at once')
})
