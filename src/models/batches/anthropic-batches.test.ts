/** Which of the batches of an account is the one whose sending was cut off. */
import { expect, test } from 'vitest'
import { messageBatchProvider } from '../../testing/message-batch-provider.ts'
import { anthropicBatches } from './anthropic-batches.ts'
import type { AskProvider } from './batch-api.ts'

const sinceMs = Date.parse('2026-11-21T10:00:00.000Z')
const minutes = (after: number) => new Date(sinceMs + after * 60_000)

test.for([
  { of: 'the only one of its size', made: [[8, 1]], not: [], found: 'msgbatch_0' },
  { of: 'of another size', made: [[7, 1]], not: [], found: undefined },
  { of: 'made before it was sent', made: [[8, -5]], not: [], found: undefined },
  { of: 'made when the other clock was a little behind', made: [[8, -0.5]], not: [], found: 'msgbatch_0' },
  { of: 'known to be another of ours', made: [[8, 1]], not: ['msgbatch_0'], found: undefined },
  {
    of: 'on the third page',
    made: [[8, 1], ...[1, 2, 3, 4, 5].map((size) => [size, 2])],
    not: [],
    found: 'msgbatch_0',
  },
])('a batch $of is $found', async ({ made, not, found }) => {
  const account = messageBatchProvider(() => '')
  for (const [size = 0, after = 0] of made) account.addForeign(size, minutes(after))
  const pages: string[] = []
  const ask: AskProvider = ({ path, body = '' }) =>
    new Promise((resolve) => {
      pages.push(path)
      const response = { writeHead: () => response, end: resolve }
      account.says(response as never, { path: `/${path}`, headers: {}, text: String(body) }, 1)
    })
  expect(await anthropicBatches.find({ tag: 'bat_1', requests: 8, sinceMs, not }, ask)).toBe(found)
  // Those that are older are not turned to.
  expect(pages.length).toBeLessThanOrEqual(3)
})
