/** What the figures of a load run hold, and when they are none of the release. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { arrivalsOf } from './arrivals.ts'
import { limitInWords } from './evidence.ts'
import { generate } from './generate.ts'
import { figuresOf } from './measure.ts'

test('what waits while a server stands still is in the figures, because requests come all the same', async () => {
  let stillUntil = 0
  const server = createServer((request, response) => {
    request.resume()
    stillUntil ||= performance.now() + 400
    setTimeout(() => response.end('{}'), Math.max(0, stillUntil - performance.now()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { endMs } = await generate({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...{ token: '', model: 'm', release: 'r', metadata: {}, questions: [[]], streamed: 'none' },
      ...{
        arrivalsMs: arrivalsOf({ requests: 50, seconds: 0.5 }, 1),
        timeoutMs: 10_000,
        mostErrors: 1,
        mostPico: null,
      },
    })
    // One at a time would have met the standstill once.
    expect(endMs.filter((ms) => ms > 100).length).toBeGreaterThan(20)
  } finally {
    server.close().closeAllConnections()
  }
})

test('where the generator was late, or a cap of ours refused, the figures are none of the release', () => {
  const n = 200
  const column = (value: number) => new Float64Array(n).fill(value)
  const generated = {
    ...{ dueMs: column(0), lateMs: column(5), firstMs: column(20), endMs: column(40), outcome: new Uint16Array(n) },
    ...{ outcomes: ['answered', '429 gateway.limit-requests-per-minute'], wallMs: 1000, underWayAtEnd: 0 },
    ...{ stoppedBy: null, costPico: 0n, priced: n },
  }
  const step = { kind: 'planned', factor: 2, perSecond: 200, seconds: 1, requests: n } as const
  const objectives = { mode: 'real-time', peakPerSecond: 100, p95Ms: 1000, firstTokenMs: 500, from: 'given' } as const
  expect(figuresOf(generated, step, objectives)).toMatchObject({ limitedBy: null, standing: 'held' })
  const late = figuresOf({ ...generated, lateMs: column(900) }, step, objectives)
  expect([late, limitInWords(late)]).toMatchObject([
    { limitedBy: 'generator', standing: 'undecided' },
    expect.stringMatching(/^INCONCLUSIVE: the generator itself was the limit at 200 a second, 900 ms late/),
  ])
  const capped = figuresOf({ ...generated, outcome: new Uint16Array(n).fill(1, 150) }, step, objectives)
  expect(capped).toMatchObject({ limitedBy: 'cap', standing: 'undecided' })
  const growing = figuresOf({ ...generated, endMs: column(0).map((_, at) => 40 + at * 5) }, step, objectives)
  expect(growing).toMatchObject({ isGrowing: true, standing: 'failed' })
})
