/** What a trace comes to does not depend on how its spans come: at once (summed up in the worker) or in pieces (by SQL). */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { cases } from '../testing/properties.ts'
import { hexOf } from './settled.example.ts'

const airworthy = await testAirworthy()
const { client, url, ownerToken } = airworthy
afterAll(() => airworthy.close())

/** Seconds of start and end are few, so that spans begin together; ids are told apart by their place in the list. */
const span = fc.record({
  parent: fc.constantFrom(null, '1'.repeat(16), '2'.repeat(16)),
  name: fc.constantFrom('chat one', 'agent two', 'tool three'),
  start: fc.integer({ min: 0, max: 2 }),
  lastsNs: fc.integer({ min: 0, max: 2_000_000_000 }),
  status: fc.constantFrom(0, 1, 2),
  operation: fc.constantFrom(undefined, 'chat', 'invoke_agent', 'execute_tool'),
  model: fc.constantFrom(undefined, 'a', 'B', 'c-é', '_'),
  input: fc.option(fc.integer({ min: 0, max: 3_000_000_000 }), { nil: undefined }),
  cost: fc.constantFrom(undefined, '0', '12.5', '0.000001'),
  asked: fc.constantFrom(undefined, 'Why?', '🙂'.repeat(201), 'é'.repeat(300)),
  user: fc.constantFrom(undefined, 'ada', 'Zoe'),
})
type Sent = typeof span extends fc.Arbitrary<infer Value> ? Value : never

async function send(traceId: string, spans: readonly [Sent, spanId: string][]): Promise<void> {
  const body = {
    resourceSpans: [
      { resource: {}, scopeSpans: [{ spans: spans.map(([one, spanId]) => ({ traceId, spanId, ...otlpOf(one) })) }] },
    ],
  }
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json' },
  })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('{}')
}

function otlpOf(one: Sent) {
  const startNs = 1_772_359_200_123_456_789n + BigInt(one.start) * 1_000_000_000n
  const attributes = Object.entries({
    'gen_ai.operation.name': one.operation,
    'gen_ai.request.model': one.model,
    'gen_ai.provider.name': one.model,
    'gen_ai.usage.input_tokens': one.input,
    'airworthy.cost.micro_usd': one.cost,
    'gen_ai.prompt.0.content': one.asked,
    'user.id': one.user,
  }).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }],
  )
  return {
    parentSpanId: one.parent,
    name: one.name,
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(one.lastsNs)),
    status: { code: one.status },
    attributes,
  }
}

const sumOf = async (traceId: string) => {
  const { summary, spans } = await client.getTrace({ params: { id: traceId } })
  return { ...summary, traceId: 'the same', spans: spans.length }
}

test('a trace comes to the same whether its spans come at once, one after the other, side by side or twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 6 }), async (sent) => {
      const spans = sent.map((one): [Sent, string] => [one, hexOf(8)])
      const [atOnce, oneByOne, sideBySide, twice] = [hexOf(16), hexOf(16), hexOf(16), hexOf(16)]
      await send(atOnce, spans)
      for (const one of spans) await send(oneByOne, [one])
      await Promise.all(spans.map((one) => send(sideBySide, [one])))
      await send(twice, [...spans, ...spans])
      await send(twice, spans)

      const expected = await sumOf(atOnce)
      expect(expected.spans).toBe(spans.length)
      expect(await sumOf(oneByOne)).toEqual(expected)
      expect(await sumOf(sideBySide)).toEqual(expected)
      expect(await sumOf(twice)).toEqual(expected)
    }),
    cases(15),
  )
})
