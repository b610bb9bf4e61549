/** S4.25 · Who is asked when the model of a step fails, over models that do as they are told. */
import { expect, test } from 'vitest'
import type { ModelPart } from '../core/manifest.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { sleep, stoppedClock } from '../kernel/time.ts'
import type { CompletionDelta, CompletionRequest } from '../models/index.ts'
import { type AskModels, askModels } from './ask-models.ts'
import type { FallingBack } from './falling-back.ts'
import type { StepRecord } from './flow-result.ts'

type Does = 'once-broken' | 'answers' | 'breaks' | 'hangs' | 'refuses-key' | 'rejects' | 'cuts'
const failures = {
  breaks: new Failure('unavailable', 'models.upstream-failed', 'It answered 500.'),
  'refuses-key': new Failure('unavailable', 'models.upstream-refused-key', 'It takes no key of ours.'),
  rejects: new Failure('invalid', 'models.upstream-invalid', 'The request is too long.'),
} as const

async function* stream(does: Does, { model, signal }: CompletionRequest): AsyncGenerator<CompletionDelta> {
  if (does === 'hangs') await sleep(600_000, signal)
  if (does === 'breaks' || does === 'refuses-key' || does === 'rejects') throw failures[does]
  yield { kind: 'text', text: 'Half ' }
  if (does === 'cuts') throw new Failure('unavailable', 'models.stream-cut', 'It broke off.')
  yield {
    kind: 'end',
    completion: {
      ...{ text: 'Half a word.', finishReason: 'stop', servedBy: model, responseModel: null, citations: [] },
      ...{ usage: { inputTokens: 1, outputTokens: 1, estimated: false }, costMicroUsd: null },
      priceBook: { name: 'book', digest: digestOf('book') },
    },
  }
}

const NAMES = ['meant', 'spare', 'last'] as const
const parts = NAMES.map(
  (name): ModelPart => ({ name, model: `acme/${name}`, parameters: {}, digest: digestOf(name), mutable: null }),
)

async function run(
  does: readonly Does[],
  {
    streams = true,
    fallsBack = true,
    not = [] as string[],
    rests = [] as string[],
    ...more
  }: Partial<AskModels> & {
    streams?: boolean
    fallsBack?: boolean
    not?: string[]
    rests?: string[]
  } = {},
) {
  const told = {
    began: [] as string[],
    ended: [] as string[],
    kept: [] as StepRecord[],
    said: [] as string[],
    noted: {},
  }
  const fallingBack: FallingBack = {
    inOrder: (_, targets) => targets,
    beginningOf: () => undefined,
    whyNot: ({ name }) => (not.includes(name) ? `${name} is switched off.` : undefined),
    isResting: (model) => rests.includes(model.slice('acme/'.length)),
    next({ targets, asked }) {
      const [target] = targets.toSorted((a, b) => (asked.get(a.name)?.times ?? 0) - (asked.get(b.name)?.times ?? 0))
      return target && { target, pauseMs: 1 }
    },
    began: ({ name }) => void told.began.push(name),
    ended: ({ name }, { how }) => void told.ended.push(`${name} ${how}`),
  }
  const behaviourOf = (model: string): Does => {
    const behaviour = does[NAMES.findIndex((name) => model === `acme/${name}`)] ?? 'answers'
    if (behaviour !== 'once-broken') return behaviour
    return told.began.filter((name) => model === `acme/${name}`).length === 1 ? 'breaks' : 'answers'
  }
  const models = {
    stream: (request: CompletionRequest) => stream(behaviourOf(request.model), request),
    async complete(request: CompletionRequest) {
      for await (const delta of stream(behaviourOf(request.model), request))
        if (delta.kind === 'end') return delta.completion
      throw new Error('A stream ends with its answer.')
    },
  }
  const ask: AskModels = {
    step: 'answer',
    parts: parts.slice(0, does.length).map((part, at) => ({ part, as: at === 0 ? 'meant' : 'fallback' })),
    reason: undefined,
    beginning: undefined,
    retries: undefined,
    request: { messages: [], conversation: [], signal: new AbortController().signal },
    firstWordMs: undefined,
    fallingBack: fallsBack ? fallingBack : undefined,
    onText: streams ? (text) => void told.said.push(text) : undefined,
    attributesOf: ({ model }) => ({ 'gen_ai.request.model': model }),
    note: (attributes) => void Object.assign(told.noted, attributes),
    keep: (attempt) => void told.kept.push(attempt),
    ...more,
  }
  const outcome = await askModels({ models, clock: stoppedClock() }, ask).then(
    ({ completion, fallback }) => ({ by: completion.servedBy, fallback }),
    (thrown) => ({ failed: (thrown as Failure).code }),
  )
  return { outcome, ...told }
}

test.for([
  ['the model that is meant answers', ['answers', 'answers'], {}, ['meant'], 'meant', null],
  ['it breaks before its first word', ['breaks', 'answers'], {}, ['meant', 'spare'], 'spare', 'spare'],
  ['it takes no key of ours', ['refuses-key', 'answers'], {}, ['meant', 'spare'], 'spare', 'spare'],
  ['it breaks once and is alone', ['once-broken'], { retries: 1 }, ['meant', 'meant'], 'meant', null],
  [
    'all break, the first but once',
    ['once-broken', 'breaks'],
    { retries: 2 },
    ['meant', 'spare', 'meant'],
    'meant',
    null,
  ],
  [
    'it is silent, and the other breaks once',
    ['hangs', 'once-broken'],
    { retries: 3, firstWordMs: 5 },
    ['meant', 'spare', 'spare'],
    'spare',
    'spare',
  ],
  ['two of three fail', ['breaks', 'breaks', 'answers'], {}, ['meant', 'spare', 'last'], 'last', 'last'],
  ['it is silent for too long', ['hangs', 'answers'], { firstWordMs: 1 }, ['meant', 'spare'], 'spare', 'spare'],
  [
    'it is cut, and nobody has heard a word',
    ['cuts', 'answers'],
    { streams: false },
    ['meant', 'spare'],
    'spare',
    'spare',
  ],
  ['it may not be asked', ['answers', 'answers'], { not: ['meant'] }, ['spare'], 'spare', 'spare'],
  ['it rests', ['answers', 'answers'], { rests: ['meant'] }, ['spare'], 'spare', 'spare'],
  ['it rests and the fallback fails', ['answers', 'breaks'], { rests: ['meant'] }, ['spare', 'meant'], 'meant', null],
  [
    'a fallback may not be asked',
    ['breaks', 'answers', 'answers'],
    { not: ['spare'] },
    ['meant', 'last'],
    'last',
    'last',
  ],
] as const)('%s: the right one answers and is named', async ([, does, more, began, by, fallback]) => {
  const told = await run(does, { ...more } as Parameters<typeof run>[1])
  expect(told.outcome).toEqual({ by: `acme/${by}`, fallback })
  expect(told.began).toEqual(began)
  expect(told.kept.map(({ id, kind }) => [id, kind])).toEqual(
    began.slice(0, -1).map((_, at) => [`answer-attempt-${at + 1}`, 'attempt']),
  )
  expect(told.noted).toMatchObject({ 'gen_ai.request.model': `acme/${by}` })
  expect('airworthy.fallback' in told.noted).toBe(fallback !== null)
})

test.for([
  [
    'what is wrong with the request itself is asked nowhere else',
    ['rejects', 'answers'],
    {},
    'models.upstream-invalid',
    ['meant'],
  ],
  ['after the first word nobody else speaks', ['cuts', 'answers'], {}, 'models.stream-cut', ['meant']],
  [
    'one that refuses our key is not asked again',
    ['refuses-key'],
    { retries: 3 },
    'models.upstream-refused-key',
    ['meant'],
  ],
  ['all of them fail', ['breaks', 'breaks'], {}, 'models.upstream-failed', ['meant', 'spare']],
  [
    'nobody says how to fall back, as in experiments',
    ['breaks', 'answers'],
    { fallsBack: false },
    'models.upstream-failed',
    [],
  ],
] as const)('%s', async ([, does, more, failed, began]) => {
  const told = await run(does, { ...more } as Parameters<typeof run>[1])
  expect(told.outcome).toEqual({ failed })
  expect(told.began).toEqual(began)
})

test('one that was cancelled says nothing of the model', async () => {
  const stop = new AbortController()
  const asked = run(['hangs', 'answers'], { request: { messages: [], conversation: [], signal: stop.signal } })
  stop.abort(new Failure('unavailable', 'gateway.cancelled', 'The client hung up.'))
  expect(await asked).toMatchObject({ outcome: { failed: 'gateway.cancelled' }, ended: ['meant left'] })
})
