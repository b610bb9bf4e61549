/** S1.3.5a, S1.3.5c · One conversation with everything in it, as the dialects write it that no client of ours speaks. */
import { expect, test } from 'vitest'
import { cohereOutbound } from './cohere/cohere.ts'
import { createAwsEventStreamReader } from './converse/aws-event-stream.ts'
import { converseOutbound } from './converse/converse.ts'
import { geminiOutbound } from './gemini/gemini.ts'
import type { CanonicalRequest } from './request.ts'

const schema = { type: 'object', properties: { city: { type: 'string' } } }
const request: CanonicalRequest = {
  messages: [
    { role: 'system', content: [{ kind: 'text', text: 'Be brief.', cache: { ttl: '1h' } }] },
    {
      role: 'user',
      content: [
        { kind: 'text', text: 'Look:' },
        { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'AAAA' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { kind: 'reasoning', text: '', signature: 'signed' },
        { kind: 'tool-call', id: 'a', name: 'weather', arguments: '{"city":"Bern"}' },
        { kind: 'tool-call', id: 'b', name: 'weather', arguments: '' },
      ],
    },
    { role: 'user', content: [{ kind: 'tool-result', callId: 'a', content: [{ kind: 'text', text: 'Rain' }] }] },
    {
      role: 'user',
      content: [
        { kind: 'text', text: 'Thanks' },
        { kind: 'tool-result', callId: 'b', content: [{ kind: 'text', text: '{"sky":"blue"}' }], isError: true },
      ],
    },
  ],
  tools: [{ kind: 'function', name: 'weather', description: 'The weather', schema }],
  stream: false,
  maxOutputTokens: 100,
  temperature: 0.5,
  topP: 0.9,
  stop: ['END'],
  toolChoice: { kind: 'required' },
  format: { kind: 'schema', name: 'place', schema },
  reasoning: { effort: 'low' },
  user: 'ada',
}

test('generateContent names the function of a result and gives a signature to the call it belongs to', () => {
  const { body, losses } = geminiOutbound.writeRequest(request, { model: 'gemini-3-pro' })
  expect(body).toEqual({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Look:' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
      {
        role: 'model',
        parts: [
          { functionCall: { name: 'weather', args: { city: 'Bern' } }, thoughtSignature: 'signed' },
          { functionCall: { name: 'weather', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { name: 'weather', response: { result: 'Rain' } } },
          { functionResponse: { name: 'weather', response: { error: '{"sky":"blue"}' } } },
          { text: 'Thanks' },
        ],
      },
    ],
    tools: [{ functionDeclarations: [{ name: 'weather', description: 'The weather', parametersJsonSchema: schema }] }],
    toolConfig: { functionCallingConfig: { mode: 'ANY' } },
    generationConfig: {
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      stopSequences: ['END'],
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
      thinkingConfig: { includeThoughts: true, thinkingLevel: 'low' },
    },
  })
  expect(losses).toEqual([{ field: 'user', changesAnswer: false }])
})

test('generateContent of an older model thinks by tokens, and a call of another model goes without a signature', () => {
  const messages = request.messages.map((message) => ({
    ...message,
    content: message.content.filter(({ kind }) => kind !== 'reasoning'),
  }))
  const older = geminiOutbound.writeRequest({ ...request, messages }, { model: 'gemini-2.5-flash' }).body
  expect(older).toMatchObject({ generationConfig: { thinkingConfig: { thinkingBudget: 1024 } } })
  expect(JSON.stringify(older)).not.toContain('thoughtSignature')
  const newer = geminiOutbound.writeRequest({ ...request, messages }, { model: 'gemini-3-pro' }).body
  expect(JSON.stringify(newer).match(/skip_thought_signature_validator/g)).toHaveLength(1)
})

test('Converse has results first, marks of the cache as blocks, and what only Claude knows apart', () => {
  const { body, losses } = converseOutbound.writeRequest(request, { model: 'eu.anthropic.claude-sonnet-4-6-v1:0' })
  expect(body).toEqual({
    system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
    messages: [
      { role: 'user', content: [{ text: 'Look:' }, { image: { format: 'png', source: { bytes: 'AAAA' } } }] },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: '', signature: 'signed' } } },
          { toolUse: { toolUseId: 'a', name: 'weather', input: { city: 'Bern' } } },
          { toolUse: { toolUseId: 'b', name: 'weather', input: {} } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'a', content: [{ text: 'Rain' }] } },
          { toolResult: { toolUseId: 'b', content: [{ text: '{"sky":"blue"}' }], status: 'error' } },
          { text: 'Thanks' },
        ],
      },
    ],
    toolConfig: {
      tools: [{ toolSpec: { name: 'weather', description: 'The weather', inputSchema: { json: schema } } }],
      toolChoice: { any: {} },
    },
    outputConfig: {
      textFormat: {
        type: 'json_schema',
        structure: { jsonSchema: { name: 'place', schema: JSON.stringify(schema) } },
      },
    },
    additionalModelRequestFields: { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    inferenceConfig: { maxTokens: 100, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
  })
  expect(losses).toEqual([{ field: 'user', changesAnswer: false }])
})

test('Cohere has a message for each result, and its own names of the settings', () => {
  const { body, losses } = cohereOutbound.writeRequest(request, { model: 'command-a' })
  expect(body).toMatchObject({
    model: 'command-a',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user' },
      { role: 'assistant', tool_calls: [{ id: 'a' }, { id: 'b', function: { name: 'weather', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'a', content: 'Rain' },
      { role: 'tool', tool_call_id: 'b', content: '{"sky":"blue"}' },
      { role: 'user', content: 'Thanks' },
    ],
    max_tokens: 100,
    p: 0.9,
    stop_sequences: ['END'],
    tool_choice: 'REQUIRED',
    response_format: { type: 'json_object', schema },
    thinking: { type: 'enabled' },
    stream: false,
  })
  expect(losses).toEqual([{ field: 'user', changesAnswer: false }])
})

test('a prompt that was blocked is an answer that the filter ended', () => {
  const blocked = { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 5 } }
  expect(geminiOutbound.readAnswer(blocked)).toMatchObject({
    blocks: [],
    finish: { reason: 'filtered' },
    usage: { inputTokens: 5, outputTokens: 0 },
  })
})

test('an exception inside a stream of Converse is an error, and no end', () => {
  const reader = converseOutbound.createReader()
  expect(reader.push('{"messageStart":{"role":"assistant"}}')).toEqual([])
  expect(reader.push('{"throttlingException":{"message":"Too many tokens"}}')).toEqual([
    { type: 'error', code: 'throttlingException', message: 'Too many tokens' },
  ])
  expect(reader.end()).toEqual([])
})

test('a frame whose checksum is wrong is refused', () => {
  const prelude = Buffer.from('00000010000000000000000000000000', 'hex')
  expect(() => createAwsEventStreamReader().push(prelude)).toThrow(/checksum/)
})
