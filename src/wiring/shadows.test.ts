/** What a shadow does not compare: answers that wanted to change something, and those that go on from a caller's results. */
import { expect, test, vi } from 'vitest'
import type { Release } from '../core/release.ts'
import type { FlowResult } from '../flows/index.ts'
import { secureBytes } from '../kernel/random.ts'
import { systemClock } from '../kernel/time.ts'
import type { Settled } from '../telemetry/index.ts'
import { wireShadows } from './shadows.ts'

const settled = (change: Partial<Settled> = {}): Settled =>
  ({
    ...{ application: 'shop', stage: 'poc', arm: 'control', rollout: { id: 'rol', share: 0 }, status: 'complete' },
    ...{ unit: 'someone', input: [{ role: 'user', content: 'Order it.' }], steps: [], metadata: {}, charges: [] },
    ...{ httpStatus: 200, latencyMs: 5, usage: { inputTokens: 1, outputTokens: 1, estimated: false } },
    ...change,
  }) as unknown as Settled

const MANIFEST = {
  flow: { steps: [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer' }] },
  ...{ models: [{ name: 'answer', model: 'a/m', parameters: {} }], prompts: [{ name: 'answer', body: 'Say it.' }] },
}

function shadowing(finishReason: FlowResult['finishReason']) {
  let hear: (event: Settled) => void = () => {}
  const told = {
    ...{ ran: vi.fn(async () => {}), capped: vi.fn(async () => {}), observe: vi.fn(async () => {}) },
    ...{ settle: vi.fn(), run: vi.fn(), reserve: vi.fn() },
  }
  told.reserve.mockReturnValue({ kind: 'granted', settle: () => {} })
  const live = { stages: { poc: { rollout: { id: 'rol', candidate: 'rel', shadow: 1 } } } }
  told.run.mockImplementation(async () => ({
    ...{ passages: [], citations: [], answer: '', steps: [], invalidCitations: [], servedBy: 'a/m', finishReason },
    ...{ usage: { inputTokens: 3, outputTokens: 4, estimated: false }, costMicroUsd: '7', abstained: false },
  }))
  wireShadows({
    ...{ clock: systemClock, random: secureBytes, report: () => {} },
    access: {
      limits: { reserve: told.reserve },
      switches: { whyOff: () => undefined },
    },
    delivery: {
      liveTable: () => ({ applications: { shop: live } }),
      releaseInMemory: () =>
        ({ id: 'rel', application: 'shop', digest: 'd', manifest: MANIFEST }) as unknown as Release,
      shadows: { mayRun: async () => true, capped: told.capped, ran: told.ran },
      observe: told.observe,
    },
    flows: { run: told.run },
    models: { costOf: () => '900', priceBook: { name: 'core', digest: 'd' } },
    telemetry: {
      recorder: {
        onSettled(listener: typeof hear) {
          hear = listener
          return () => {}
        },
        settle: told.settle,
      },
    },
  } as unknown as Parameters<typeof wireShadows>[0])
  return { ...told, hear: (event: Settled) => hear(event) }
}

test('what a candidate wanted to change costs its money and is compared with nothing', async () => {
  const { hear, ran, observe, settle, run } = shadowing('tool-calls')
  hear(settled())
  await vi.waitUntil(() => ran.mock.calls.length > 0)
  expect(ran).toHaveBeenCalledWith('rol', '7')
  expect(run.mock.calls[0]?.[0]).not.toHaveProperty('mayWrite')
  expect(settle).toHaveBeenCalledWith(expect.objectContaining({ rollout: null, arm: null, finishReason: 'tool-calls' }))
  expect(observe).not.toHaveBeenCalled()
})

test('an answer that rests on what its caller called is not asked of a candidate', () => {
  const { hear, run } = shadowing('stop')
  const attributes = { 'airworthy.tool.by': 'client' }
  hear(settled({ steps: [{ kind: 'tool', attributes } as unknown as Settled['steps'][number]] }))
  expect(run).not.toHaveBeenCalled()
})

test('the most that an answer may cost is held before it is asked for, and without room for it nobody is asked', async () => {
  const { hear, reserve, run, capped } = shadowing('stop')
  reserve.mockReturnValue({ kind: 'refused', isShort: false, message: 'The cap is reached.', opensAt: null })
  hear(settled())
  await vi.waitUntil(() => capped.mock.calls.length > 0)
  expect(reserve).toHaveBeenCalledWith(
    expect.objectContaining({ application: 'shop', costMicroUsd: '900', models: ['a/m'], requests: 1 }),
  )
  expect(run).not.toHaveBeenCalled()
})
