/**
 * S1.3.5a, S2.6 · The AI SDK works unchanged, by each of its clients, with a provider of every dialect: texts, streams,
 * tools whose results go back, and objects by a schema.
 */
import http from 'node:http'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, isStepCount, Output, streamText, tool } from 'ai'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Answer } from '../dialects/index.ts'
import { createUpstream } from '../models/index.ts'
import { type Behave, inFrontOf, say } from './in-front.example.ts'
import { listening } from './listening.example.ts'
import { SPOKEN } from './spoken-provider.example.ts'

const upstream = createUpstream()
afterAll(() => upstream.close())
const inFront = inFrontOf({ ...listening({ http, afterEach, connect: () => undefined }), upstream })

const answer = (blocks: Answer['blocks'], reason: 'stop' | 'tool-calls'): Answer => ({
  id: 'up-1',
  model: 'model-2026-01-01',
  blocks,
  finish: { reason },
  usage: { inputTokens: 30, outputTokens: 12 },
  error: null,
  isWhole: true,
})
const CALL = { kind: 'tool-call', id: 'call_1', name: 'weather', arguments: '{"city":"Zürich"}' } as const
const DONE = answer([{ kind: 'text', text: 'It rains – 雨.' }], 'stop')
const BERN = '{"city":"Bern"}'

/** Calls the tool first, and says what it found when the result is there. */
const withTool: Behave = (response, says, stream, body) => {
  const said = JSON.stringify(body).includes('Rain in Zürich') ? DONE : answer([CALL], 'tool-calls')
  say(response, says, { stream, said })
}
const plain: Behave = (response, says, stream) => say(response, says, { stream, said: DONE })
/** A client may ask for the object as the arguments of a tool of its own. */
const object: Behave = (response, says, stream, body) => {
  const isTool = /"name":"json"/.test(JSON.stringify(body))
  const said = isTool
    ? answer([{ ...CALL, name: 'json', arguments: BERN }], 'tool-calls')
    : answer([{ kind: 'text', text: BERN }], 'stop')
  say(response, says, { stream, said })
}

const CLIENTS = {
  'chat completions': (url: string) => createOpenAI({ apiKey: 'builder', baseURL: `${url}/v1` }).chat('remote/m'),
  responses: (url: string) => createOpenAI({ apiKey: 'builder', baseURL: `${url}/v1` }).responses('remote/m'),
  messages: (url: string) => createAnthropic({ authToken: 'builder', baseURL: `${url}/v1` })('remote/m'),
  'whatever is compatible': (url: string) =>
    createOpenAICompatible({
      name: 'airworthy',
      apiKey: 'builder',
      baseURL: `${url}/v1`,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })('remote/m'),
}
const clients = Object.entries(CLIENTS).map(([client, modelAt]) => ({ client, modelAt }))
const ask = { prompt: 'And the weather?', maxRetries: 0, maxOutputTokens: 200 }
const schema = z.object({ city: z.string() })
const tools = {
  weather: tool({ description: 'The weather', inputSchema: schema, execute: async ({ city }) => `Rain in ${city}` }),
}

describe.each(Object.keys(SPOKEN))('a provider that speaks %s', (name) => {
  test.each(clients)('says a text to the client of $client, whole and as a stream', async ({ modelAt }) => {
    const { url } = await inFront(name, plain)
    const whole = await generateText({ ...ask, model: modelAt(url) })
    const stream = streamText({ ...ask, model: modelAt(url) })
    const told = { text: await stream.text, finishReason: await stream.finishReason, usage: await stream.usage }
    for (const { text, finishReason, usage } of [whole, told]) {
      expect(text).toBe('It rains – 雨.')
      expect(finishReason).toBe('stop')
      expect(usage).toMatchObject({ inputTokens: 30, outputTokens: 12 })
    }
  })

  test.each(clients)('has its tool called by the client of $client, and reads the result', async ({ modelAt }) => {
    const { url, asked } = await inFront(name, withTool)
    const whole = await generateText({ ...ask, model: modelAt(url), tools, stopWhen: isStepCount(3) })
    const stream = streamText({ ...ask, model: modelAt(url), tools, stopWhen: isStepCount(3) })
    for (const steps of [whole.steps, await stream.steps]) {
      expect(steps).toHaveLength(2)
      expect(steps[0]?.toolCalls).toMatchObject([{ toolName: 'weather', input: { city: 'Zürich' } }])
      expect(steps[0]?.toolResults).toMatchObject([{ output: 'Rain in Zürich' }])
      expect(steps[1]?.text).toBe('It rains – 雨.')
    }
    expect(asked).toHaveLength(4)
  })

  test.each(clients)('makes an object by a schema for the client of $client', async ({ modelAt }) => {
    const { url, asked } = await inFront(name, object)
    const output = Output.object({ schema })
    const whole = await generateText({ ...ask, model: modelAt(url), output })
    const stream = streamText({ ...ask, model: modelAt(url), output })
    expect(whole.output).toEqual({ city: 'Bern' })
    expect(await stream.output).toEqual({ city: 'Bern' })
    // The schema reached the provider.
    for (const { body } of asked) expect(JSON.stringify(body)).toContain('city')
  })
})
