/** One span of each generation of names, as its library writes it, means the same. */
import { expect, test } from 'vitest'
import { meaningOf } from './meaning.ts'

const asked = { role: 'user', content: 'Where is my order?' }
const said = { role: 'assistant', content: 'On its way.' }
const call = { id: 'call_1', name: 'track', arguments: '{"order":7}' }

test.for([
  [
    'GenAI up to 1.36, numbered',
    {
      'gen_ai.system': 'openai',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.prompt_tokens': 12,
      'gen_ai.usage.completion_tokens': 3,
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': asked.content,
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': said.content,
    },
  ],
  [
    'GenAI 1.37 to 1.41, parts as JSON text',
    {
      'gen_ai.provider.name': 'openai',
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 3,
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: asked.content }] }]),
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: said.content }], finish_reason: 'stop' },
      ],
    },
  ],
  [
    'OpenInference',
    {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 12,
      'llm.token_count.completion': 3,
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.contents.0.message_content.type': 'text',
      'llm.input_messages.0.message.contents.0.message_content.text': asked.content,
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': said.content,
    },
  ],
  [
    "Traceloop's OpenLLMetry",
    {
      'gen_ai.system': 'openai',
      'llm.request.type': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'llm.usage.prompt_tokens': '12',
      'llm.usage.completion_tokens': '3',
      'traceloop.entity.input': asked.content,
      'traceloop.entity.output': said.content,
    },
  ],
  [
    'the AI SDK',
    {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'openai.chat',
      'ai.model.id': 'gpt-4o',
      'ai.usage.inputTokens': 12,
      'ai.usage.outputTokens': 3,
      'ai.prompt.messages': JSON.stringify([{ role: 'user', content: [{ type: 'text', text: asked.content }] }]),
      'ai.response.text': said.content,
    },
  ],
  [
    'Langfuse',
    {
      'langfuse.observation.type': 'generation',
      'gen_ai.system': 'openai',
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.usage_details': '{"input":12,"output":3}',
      'langfuse.observation.input': asked.content,
      'langfuse.observation.output': said.content,
    },
  ],
] as const)('%s', ([, attributes]) => {
  expect(meaningOf(attributes)).toMatchObject({
    provider: 'openai',
    model: 'gpt-4o',
    operation: 'chat',
    inputTokens: 12,
    outputTokens: 3,
    messages: [asked, said],
  })
})

test('messages that come as events are read as well', () => {
  const events = [
    { name: 'gen_ai.user.message', attributes: { content: asked.content } },
    { name: 'gen_ai.choice', attributes: { index: 0, message: JSON.stringify({ content: said.content }) } },
  ]
  expect(meaningOf({ 'gen_ai.system': 'openai' }, events).messages).toEqual([asked, said])
})

test.for([
  ['GenAI 1.37', { 'gen_ai.output.messages': [{ parts: [{ type: 'tool_call', ...call }] }] }],
  [
    'GenAI up to 1.36',
    {
      'gen_ai.completion.0.tool_calls.0.id': call.id,
      'gen_ai.completion.0.tool_calls.0.name': call.name,
      'gen_ai.completion.0.tool_calls.0.arguments': call.arguments,
    },
  ],
  [
    'OpenInference',
    {
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': call.id,
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': call.name,
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': call.arguments,
    },
  ],
  [
    'the AI SDK',
    { 'ai.response.toolCalls': JSON.stringify([{ toolCallId: call.id, toolName: call.name, input: call.arguments }]) },
  ],
  [
    "a tool's own span",
    {
      'gen_ai.tool.name': call.name,
      'gen_ai.tool.call.id': call.id,
      'gen_ai.tool.call.arguments': call.arguments,
    },
  ],
] as const)('tool calls of %s are read', ([, attributes]) => {
  expect(meaningOf(attributes).toolCalls).toEqual([call])
})

test.for([
  [
    { 'gen_ai.usage.cache_write.input_tokens': 5, 'gen_ai.usage.cache_read.input_tokens': 2 },
    { cacheWriteTokens: 5, cachedInputTokens: 2 },
  ],
  [{ 'gen_ai.usage.cache_creation.input_tokens': 5 }, { cacheWriteTokens: 5 }],
  [{ 'llm.token_count.completion_details.reasoning': 9 }, { reasoningTokens: 9 }],
  [
    { 'ai.usage.cachedInputTokens': 4, 'ai.usage.reasoningTokens': 1 },
    { cachedInputTokens: 4, reasoningTokens: 1 },
  ],
  [{ 'llm.cost.total': 0.0025 }, { costMicroUsd: '2500' }],
  [{ 'langfuse.observation.cost_details': '{"total":0.001}' }, { costMicroUsd: '1000' }],
  [{ 'traceloop.association.properties.user_id': 'ada' }, { user: 'ada' }],
  [{ 'openinference.span.kind': 'RETRIEVER' }, { operation: 'retrieve' }],
  [{ 'traceloop.span.kind': 'workflow' }, { operation: 'chain' }],
  [{ 'gen_ai.operation.name': 'constructor' }, { provider: null, model: null, costMicroUsd: null }],
] as const)('%j says %j', ([attributes, meaning]) => {
  expect(meaningOf(attributes)).toMatchObject(meaning)
})
