/**
 * What a span means, read from its attributes in any of the generations that programs send: GenAI up to 1.36
 * (`gen_ai.system`, numbered prompts), 1.37 to 1.41 and after, OpenInference (`llm.*`), Traceloop's OpenLLMetry
 * (`traceloop.*`), the AI SDK (`ai.*`) and Langfuse. The first name that is there counts; all stay in `attributes`.
 */
import { MicroUsd, microUsd, picoOf } from '../kernel/money.ts'
import type { Meaning } from './contract.ts'
import { type Attributes, amountOf, type EventLike, listOf, recordOf, wordOf } from './meaning-attributes.ts'
import { messagesOf, toolCallsOf } from './meaning-messages.ts'

export function meaningOf(attributes: Attributes, events: readonly EventLike[] = []): Meaning {
  const word = (names: readonly string[]) => wordOf(attributes, names)
  const langfuse = recordOf(attributes['langfuse.observation.usage_details'])
  const amount = (names: readonly string[], ...parts: string[]) =>
    amountOf(attributes, names) ?? amountOf(langfuse, parts)
  const messages = messagesOf(attributes, events)
  const toolCalls = toolCallsOf(attributes)
  const optional = {
    operation: operationOf(attributes),
    cachedInputTokens: amount(CACHED_INPUT, 'input_cached_tokens', 'cache_read_input_tokens'),
    cacheWriteTokens: amount(CACHE_WRITE, 'cache_creation_input_tokens'),
    reasoningTokens: amount(REASONING, 'output_reasoning_tokens'),
    finishReason: finishReasonOf(attributes),
    session: word(SESSION),
    user: word(USER),
  }
  return {
    provider: word(PROVIDER)?.replace(API_OF_PROVIDER, '') ?? null,
    model: word(MODEL) ?? null,
    inputTokens: amount(INPUT, 'input') ?? null,
    outputTokens: amount(OUTPUT, 'output') ?? null,
    costMicroUsd: costOf(attributes),
    ...(messages.length > 0 && { messages }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }
}

const PROVIDER = [
  'gen_ai.provider.name',
  'gen_ai.system',
  'llm.provider',
  'llm.system',
  'llm.vendor',
  'ai.model.provider',
]
/** The AI SDK names the provider with its API: `openai.responses`. */
const API_OF_PROVIDER = /\.(chat|responses|messages|completion|embedding|textEmbedding)$/
const MODEL = [
  'gen_ai.response.model',
  'ai.response.model',
  'gen_ai.request.model',
  'llm.response.model_name',
  'llm.model_name',
  'llm.request.model_name',
  'llm.response.model',
  'llm.request.model',
  'embedding.model_name',
  'reranker.model_name',
  'ai.model.id',
  'langfuse.observation.model.name',
]
const INPUT = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'llm.token_count.prompt',
  'llm.usage.prompt_tokens',
  'ai.usage.inputTokens',
  'ai.usage.promptTokens',
  'ai.usage.tokens',
]
const OUTPUT = [
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
  'llm.token_count.completion',
  'llm.usage.completion_tokens',
  'ai.usage.outputTokens',
  'ai.usage.completionTokens',
]
const CACHED_INPUT = [
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.cache_read_input_tokens',
  'gen_ai.usage.input_tokens.cached',
  'llm.token_count.prompt_details.cache_read',
  'ai.usage.cachedInputTokens',
]
const CACHE_WRITE = [
  'gen_ai.usage.cache_write.input_tokens',
  'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.usage.cache_creation_input_tokens',
  'llm.token_count.prompt_details.cache_write',
]
const REASONING = [
  'gen_ai.usage.reasoning.output_tokens',
  'gen_ai.usage.reasoning_tokens',
  'llm.token_count.completion_details.reasoning',
  'ai.usage.reasoningTokens',
]
const SESSION = [
  'gen_ai.conversation.id',
  'session.id',
  'langfuse.session.id',
  'traceloop.association.properties.session_id',
  'ai.telemetry.metadata.sessionId',
]
const USER = [
  'user.id',
  'langfuse.user.id',
  'traceloop.association.properties.user_id',
  'ai.telemetry.metadata.userId',
  'enduser.id',
]

/** Words for a kind of span, by the attribute that says it; the first attribute that is there counts. */
const OPERATIONS: readonly (readonly [string, Readonly<Record<string, Meaning['operation']>>])[] = [
  [
    'gen_ai.operation.name',
    {
      chat: 'chat',
      generate_content: 'chat',
      text_completion: 'chat',
      embeddings: 'embeddings',
      retrieval: 'retrieve',
      execute_tool: 'tool',
      invoke_agent: 'agent',
      create_agent: 'agent',
      invoke_workflow: 'chain',
      // Proposed, and sent by some: neither is in a released version of the conventions.
      apply_guardrail: 'guardrail',
      run_guardrail: 'guardrail',
    },
  ],
  [
    'openinference.span.kind',
    {
      LLM: 'chat',
      EMBEDDING: 'embeddings',
      CHAIN: 'chain',
      PROMPT: 'chain',
      RETRIEVER: 'retrieve',
      RERANKER: 'rerank',
      TOOL: 'tool',
      AGENT: 'agent',
      GUARDRAIL: 'guardrail',
      EVALUATOR: 'evaluator',
    },
  ],
  ['llm.request.type', { chat: 'chat', completion: 'chat', embedding: 'embeddings', rerank: 'rerank' }],
  ['traceloop.span.kind', { workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool' }],
  [
    'langfuse.observation.type',
    {
      generation: 'chat',
      embedding: 'embeddings',
      span: 'chain',
      chain: 'chain',
      retriever: 'retrieve',
      tool: 'tool',
      agent: 'agent',
      guardrail: 'guardrail',
      evaluator: 'evaluator',
    },
  ],
]

function operationOf(attributes: Attributes): Meaning['operation'] {
  // The AI SDK wraps each call (`ai.generateText.doGenerate`) in a loop of its own (`ai.generateText`).
  const own = wordOf(attributes, ['ai.operationId'])
  if (own?.startsWith('ai.')) {
    if (own === 'ai.toolCall') return 'tool'
    if (/\.do(Generate|Stream)$/.test(own)) return 'chat'
    if (own.endsWith('.doEmbed')) return 'embeddings'
    return own.startsWith('ai.embed') ? 'chain' : 'agent'
  }
  for (const [name, words] of OPERATIONS) {
    const word = attributes[name]
    if (typeof word === 'string' && Object.hasOwn(words, word)) return words[word]
  }
  return undefined
}

function finishReasonOf(attributes: Attributes): string | undefined {
  const [first] = listOf(attributes['gen_ai.response.finish_reasons'])
  if (typeof first === 'string') return first
  return wordOf(attributes, ['gen_ai.completion.0.finish_reason', 'ai.response.finishReason', 'llm.finish_reason'])
}

/** Ours is exact; dollars as a float (`llm.cost.total`) are taken to whole pico-dollars. */
function costOf(attributes: Attributes): MicroUsd | null {
  const told = attributes['airworthy.cost.micro_usd']
  // Not asked in vain: a refusal of a schema costs more than all else here.
  const exact = told === undefined ? undefined : MicroUsd.safeParse(told)
  if (exact?.success) return exact.data
  const langfuse = recordOf(attributes['langfuse.observation.cost_details']).total
  const dollars = Number(attributes['llm.cost.total'] ?? attributes['gen_ai.usage.cost'] ?? langfuse ?? Number.NaN)
  if (!Number.isFinite(dollars) || dollars < 0) return null
  return microUsd(picoOf((dollars * 1_000_000).toFixed(6)))
}
