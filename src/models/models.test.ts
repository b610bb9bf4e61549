import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import type { Turn } from '../core/conversation.ts'

import type { Instant } from '../kernel/time.ts'
import { givenModels, mtrag, request } from './models.example.ts'

const { openModels, closeModels } = await givenModels()
afterAll(closeModels)

const grounding = {
  question: 'When was it founded?',
  passages: [
    { id: 'a', title: 'Acme', text: 'Acme makes anvils. It was founded in 1949 [12].' },
    { id: 'b', title: 'Other', text: 'Nothing to see here.' },
  ],
}

test('the reader cites the passage of each sentence, for nothing, and streams the same words', async () => {
  const { models } = await openModels()
  const ask = { ...request('local/extractive', { sentences: 1 }), grounding }
  const completion = await models.complete(ask)
  expect(completion).toMatchObject({
    text: 'It was founded in 1949 (12). [1]',
    servedBy: 'local/extractive',
    citations: ['a'],
    costMicroUsd: '0',
    usage: { estimated: true },
    priceBook: models.priceBook,
  })
  let streamed = ''
  for await (const delta of models.stream(ask))
    if (delta.kind === 'text') streamed += delta.text
    else expect(delta.completion).toEqual(completion)
  expect(streamed).toBe(completion.text)
})

test('every recorded conversation of the benchmark gives back its recorded answer, with tokens and price estimated', async () => {
  const { models } = await openModels()
  const lines = (name: string) =>
    gunzipSync(readFileSync(join(mtrag, name)))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const answers = new Map(
    lines('evaluations.jsonl.gz')
      .filter(({ model_id }) => model_id === 'gpt-4o')
      .map((one) => [one.task_id, one.model_response]),
  )
  let same = 0
  for (const task of lines('tasks.jsonl.gz')) {
    const conversation: Turn[] = task.input.map((turn: { speaker: string; text: string }) => ({
      role: turn.speaker === 'agent' ? 'assistant' : 'user',
      content: turn.text,
    }))
    const completion = await models.complete(
      request('replay/mtrag-gpt-4o', {}, [{ role: 'system', content: 'Be brief.' }, ...conversation]),
    )
    if (completion.text === answers.get(task.task_id) && completion.servedBy === 'replay/mtrag-gpt-4o') same++
    expect(completion.usage.estimated).toBe(true)
    expect(completion.costMicroUsd).toBe(
      String(completion.usage.inputTokens * 2.5 + completion.usage.outputTokens * 10),
    )
  }
  expect(same).toBe(159)
})

test.for([
  [
    'its own file',
    request('replay/own'),
    { text: 'Hello there.', servedBy: 'replay/own', responseModel: 'toy', costMicroUsd: null },
  ],
  [
    'a conversation without a recording',
    { ...request('replay/own', { otherwise: 'local/extractive' }, [{ role: 'user', content: 'New' }]), grounding },
    { servedBy: 'local/extractive', costMicroUsd: '0' },
  ],
] as const)('a recording answers %s', async ([, ask, expected]) => {
  const { models } = await openModels()
  expect(await models.complete(ask)).toMatchObject(expected)
})

test.for([
  [
    'local/none',
    {},
    'models.unknown-model',
    /These work now: local\/extractive, local\/first-sentence, replay\/mtrag-gpt-4o/,
  ],
  ['nobody/x', {}, 'models.unknown-model', /There is no model nobody\/x/],
  ['extractive', {}, 'models.unknown-model', /There is no model extractive/],
  ['openai/gpt-4o', {}, 'models.key-missing', /set OPENAI_API_KEY .* These work now: local\/extractive/],
  ['local/extractive', { sentences: 9 }, 'models.parameter-invalid', /sentences/],
  ['local/extractive', { temperature: 1 }, 'models.parameter-invalid', /temperature/],
  ['replay/own', { otherwise: 'openai/gpt-4o' }, 'models.parameter-invalid', /local model/],
  ['replay/own', {}, 'models.no-recording', /otherwise: local\/extractive/],
  ['replay/lost', {}, 'models.recording-unreadable', /lost.jsonl/],
  ['scripted/echo', { failEvery: 1 }, 'models.scripted-failure', /fails/],
  ['scripted/fixed', { text: 'one two three', streamFault: 'cut' }, 'models.stream-cut', /broke off/],
] as const)('%s with %j is refused with what to do', async ([model, parameters, code, message]) => {
  const { models } = await openModels()
  const thrown = await models
    .complete(request(model, parameters, [{ role: 'user', content: 'Never asked' }]))
    .catch((error) => error)
  expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) })
})

test('scripted models keep time, fail when told, and hang until they are cancelled', async () => {
  const { models } = await openModels()
  const outcomes = []
  for (let i = 0; i < 4; i++)
    outcomes.push(
      await models.complete(request('scripted/echo', { failEvery: 2 })).then(
        ({ text: said }) => said,
        () => 'failed',
      ),
    )
  expect(outcomes).toEqual(['Hi', 'failed', 'Hi', 'failed'])
  const stop = AbortSignal.timeout(30)
  const hanging = models.complete({
    ...request('scripted/fixed', { text: 'ab', streamFault: 'hang', latencyMs: 5 }),
    signal: stop,
  })
  await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('a part of a release names what its answers come from', async () => {
  const { models } = await openModels()
  const part = models.resolve('answer', { model: 'local/extractive', parameters: {} })
  expect(part).toMatchObject({ name: 'answer', model: 'local/extractive', mutable: null })
  expect(models.resolve('x', { model: 'local/extractive', parameters: { sentences: 1 } }).digest).not.toBe(part.digest)
  expect(models.resolve('x', { model: 'openai/gpt-4o', parameters: {} }).mutable).toMatch(/may change/)
  expect(models.resolve('x', { model: 'openai/gpt-4o-2024-08-06', parameters: {} }).mutable).toBeNull()
})

test('a recording costs what it was recorded of, before it is asked as well', async () => {
  const { models } = await openModels()
  const usage = { inputTokens: 1_000_000, outputTokens: 0, estimated: false }
  const at = '2026-11-21T00:00:00.000Z' as Instant
  const cost = models.costOf('openai/gpt-4o', usage, at)
  expect(Number(cost)).toBeGreaterThan(0)
  expect(models.costOf('replay/mtrag-gpt-4o', usage, at)).toBe(cost)
})
