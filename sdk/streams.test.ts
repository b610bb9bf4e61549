/** Events, pages and waits: what the SDK does besides single calls. */
import { expect, test } from 'vitest'
import { eventsOf } from './events.ts'
import { all } from './pages.ts'
import { waitBeforeRetry } from './retry.ts'
import { watch } from './watch.ts'

/** The text cut into these pieces, as a network may cut it. */
const streamed = (...pieces: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    }),
  )
const gathered = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

test.for([
  ['a plain event', ['data: one\n\n'], [{ event: 'message', data: 'one', id: '' }]],
  [
    'an event cut anywhere',
    ['ev', 'ent: change\nda', 'ta: {"a"', ':1}\n', '\n'],
    [{ event: 'change', data: '{"a":1}', id: '' }],
  ],
  [
    'lines that end with CR LF, cut between them',
    ['data: one\r', '\n\r', '\ndata: two\r\n\r\n'],
    [{ data: 'one' }, { data: 'two' }],
  ],
  ['lines that end with CR', ['data: one\r\rdata: two\r\r\n'], [{ data: 'one' }, { data: 'two' }]],
  ['data of several lines', ['data: one\ndata:two\ndata\n\n'], [{ data: 'one\ntwo\n' }]],
  ['comments and fields that nobody knows', [': hello\n\nretry: 5\nx: y\ndata: one\n\n'], [{ data: 'one' }]],
  ['an id that stays', ['id: 7\ndata: one\n\ndata: two\n\n'], [{ id: '7' }, { id: '7' }]],
  ['an event that never ends', ['data: one\n'], []],
] as const)('%s is read by the standard', async ([, pieces, events]) => {
  const found = await gathered(eventsOf(streamed(...pieces)))
  expect(found).toHaveLength(events.length)
  expect(found).toMatchObject(events as unknown as object[])
})

test('a list is walked page by page, and no further than it is asked', async () => {
  const asked: unknown[] = []
  const list = async (input: { params: { name: string }; query?: { cursor?: string; limit?: number } | undefined }) => {
    asked.push(input.query)
    const at = Number(input.query?.cursor ?? 0)
    return { items: [at, at + 1], next: at < 4 ? String(at + 2) : null }
  }
  expect(await gathered(all(list, { params: { name: 'x' }, query: { limit: 2 } }))).toEqual([0, 1, 2, 3, 4, 5])
  expect(asked).toEqual([{ limit: 2 }, { limit: 2, cursor: '2' }, { limit: 2, cursor: '4' }])
  asked.length = 0
  for await (const item of all(list, { params: { name: 'x' } })) if (item === 1) break
  expect(asked).toHaveLength(1)
})

const now = () => Date.parse('2026-03-01T00:00:00Z')
test.for([
  ['the first time', 0, null, 125],
  ['the third time', 2, null, 500],
  ['the hundredth time', 100, null, 5000],
  ['seconds of Retry-After', 0, '7', 7000],
  ['a date of Retry-After', 0, 'Sun, 01 Mar 2026 00:00:09 GMT', 9000],
  ['a date that has passed', 0, 'Sun, 01 Mar 2020 00:00:00 GMT', 0],
  ['a Retry-After that is none', 0, 'soon', 125],
  ['more patience than it is worth', 0, '3600', undefined],
] as const)('%s waits as it should', ([, tried, retryAfter, ms]) => {
  expect(waitBeforeRetry(tried, { retryAfter, random: () => 0.5, now })).toBe(ms)
})

test('a watch that breaks connects again, says so, and ends with its signal', async () => {
  const stop = new AbortController()
  let connections = 0
  const client = {
    watchEvents: async () => {
      connections += 1
      if (connections === 2) throw new TypeError('the network is away')
      return streamed(`event: change\ndata: {"topic":"job","id":"job_${connections}","application":null}\n\n`)
    },
  }
  const seen: string[] = []
  for await (const { topic, id } of watch(client, { signal: stop.signal })) {
    seen.push(`${topic} ${id}`)
    if (id === 'job_3') stop.abort()
  }
  expect(seen).toEqual(['job job_1', 'reconnected ', 'job job_3'])
})
