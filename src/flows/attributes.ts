/** Attributes of a step, under OpenTelemetry's GenAI names (1.41); what has none there begins with `airworthy.`. */
import type { Turn } from '../core/conversation.ts'
import type { IndexPart, ModelPart, PromptPart } from '../core/manifest.ts'
import type { Usage } from '../core/usage.ts'
import type { RetrievedPassage } from './flow-result.ts'

export type Attributes = Record<string, unknown>

export const retrievalAttributes = (
  { query, k, index }: { query: string; k: number; index: IndexPart },
  passages: readonly RetrievedPassage[],
): Attributes => ({
  'gen_ai.operation.name': 'retrieval',
  'gen_ai.data_source.id': index.digest,
  'gen_ai.retrieval.query.text': query,
  'gen_ai.retrieval.documents': passages.map(({ id, score }) => ({ id, score })),
  'airworthy.retrieval.k': k,
})

const PARAMETERS = [
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'seed',
  'frequency_penalty',
  'presence_penalty',
] as const

export const requestAttributes = (model: ModelPart, prompt: PromptPart, stream: boolean): Attributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': model.model.split('/')[0],
  'gen_ai.request.model': model.model,
  'gen_ai.request.stream': stream,
  ...Object.fromEntries(
    PARAMETERS.filter((name) => typeof model.parameters[name] === 'number').map((name) => [
      `gen_ai.request.${name}`,
      model.parameters[name],
    ]),
  ),
  'gen_ai.prompt.name': prompt.name,
  'gen_ai.prompt.version': prompt.digest,
})

export const usageAttributes = (usage: Usage): Attributes => ({
  'gen_ai.usage.input_tokens': usage.inputTokens,
  'gen_ai.usage.output_tokens': usage.outputTokens,
  ...(usage.cacheReadTokens !== undefined && { 'gen_ai.usage.cache_read.input_tokens': usage.cacheReadTokens }),
  ...(usage.cacheWriteTokens !== undefined && { 'gen_ai.usage.cache_creation.input_tokens': usage.cacheWriteTokens }),
  'airworthy.usage.estimated': usage.estimated,
})

/** What was said, only where the one who runs the flow asks for it. */
export const contentAttributes = (
  kept: 'all' | 'asked' | 'none',
  messages: readonly Turn[],
  answer: string,
): Attributes => ({
  ...(kept !== 'none' && {
    'gen_ai.input.messages': messages.map(({ role, content }) => ({ role, parts: [{ type: 'text', content }] })),
  }),
  ...(kept === 'all' && {
    'gen_ai.output.messages': [{ role: 'assistant', parts: [{ type: 'text', content: answer }] }],
  }),
})
