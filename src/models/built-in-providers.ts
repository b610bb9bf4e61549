/**
 * What is there without anybody having configured it: one row a provider, addresses and names of keys as the providers'
 * own documentation has them. A server that differs from its dialect says so in `quirks`. Where a row was held against
 * a public page, in November 2026, the page stands above it; a row without one was not.
 */
import type { Quirks } from '../dialects/index.ts'
import type { Dialect, ProviderCall } from './speech.ts'

export type BuiltInProvider = {
  readonly name: string
  readonly dialect: Dialect
  readonly baseUrl: string
  /** The variable that holds its key; null for servers on this machine that want none. */
  readonly env: string | null
  /** Null: what its dialect promises. */
  readonly speaks: readonly ProviderCall[] | null
  readonly quirks?: Quirks
  /** Where its models are listed, when not beside its calls; null when nowhere. */
  readonly list?: string | null
}

/** The older name of the limit, which many servers still have alone. */
const OLD_LIMIT = { max_completion_tokens: 'max_tokens' } as const
/** What OpenAI keeps for its own service. */
const OPENAI_ALONE = ['store', 'metadata', 'prompt_cache_key', 'service_tier', 'verbosity'] as const

const CHAT: readonly ProviderCall[] = ['chat']
const CHAT_AND_EMBEDDINGS: readonly ProviderCall[] = ['chat', 'embeddings']

const openai = (
  name: string,
  baseUrl: string,
  env: string | null,
  more: Partial<Pick<BuiltInProvider, 'speaks' | 'quirks' | 'list'>> = {},
): BuiltInProvider => ({ name, dialect: 'openai', baseUrl, env, speaks: CHAT, ...more })

export const BUILT_IN_PROVIDERS: readonly BuiltInProvider[] = [
  openai('openai', 'https://api.openai.com/v1', 'OPENAI_API_KEY', {
    speaks: ['chat', 'responses', 'embeddings', 'images'],
  }),
  {
    name: 'anthropic',
    dialect: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    env: 'ANTHROPIC_API_KEY',
    speaks: null,
  },
  {
    name: 'gemini',
    dialect: 'gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    env: 'GEMINI_API_KEY',
    speaks: null,
  },
  { name: 'cohere', dialect: 'cohere', baseUrl: 'https://api.cohere.com/v2', env: 'COHERE_API_KEY', speaks: null },
  // developers.llamaindex.ai/python/framework-api-reference/llms/mistralai: the address and the name of the key.
  openai('mistral', 'https://api.mistral.ai/v1', 'MISTRAL_API_KEY', {
    speaks: CHAT_AND_EMBEDDINGS,
    // It refuses every field that it does not know.
    quirks: {
      renames: { ...OLD_LIMIT, seed: 'random_seed' },
      omits: [
        ...OPENAI_ALONE,
        'stream_options',
        'user',
        'logprobs',
        'top_logprobs',
        'logit_bias',
        'top_k',
        'min_p',
        'repetition_penalty',
      ],
    },
  }),
  // console.groq.com/docs/openai: the address, and the fields that are answered with 400.
  openai('groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', {
    speaks: ['chat', 'responses'],
    quirks: { omits: ['logprobs', 'top_logprobs', 'logit_bias', 'n'] },
  }),
  // docs.together.ai/docs/inference/openai-compatibility: the address, which was api.together.xyz before.
  openai('together', 'https://api.together.ai/v1', 'TOGETHER_API_KEY', {
    speaks: ['chat', 'embeddings', 'images'],
    quirks: { renames: OLD_LIMIT, omits: OPENAI_ALONE },
  }),
  // docs.pipecat.ai/server/services/llm/fireworks, strandsagents.com/docs/community/model-providers/fireworksai: the address.
  openai('fireworks', 'https://api.fireworks.ai/inference/v1', 'FIREWORKS_API_KEY', {
    speaks: CHAT_AND_EMBEDDINGS,
    quirks: { renames: OLD_LIMIT },
  }),
  // api-docs.deepseek.com: the address, with or without /v1.
  openai('deepseek', 'https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY', { quirks: { renames: OLD_LIMIT } }),
  // docs.pipecat.ai/server/services/llm/grok: the address, and the newer name of the limit.
  openai('xai', 'https://api.x.ai/v1', 'XAI_API_KEY', { speaks: ['chat', 'responses', 'images'] }),
  // openrouter.ai/docs/api/reference/errors-and-debugging: errors may come with 200, in the body or as an event.
  openai('openrouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', { quirks: { renames: OLD_LIMIT } }),
  // docs.perplexity.ai/docs/sonar/openai-compatibility: the address without /v1, for chat completions alone.
  openai('perplexity', 'https://api.perplexity.ai', 'PERPLEXITY_API_KEY', {
    quirks: { renames: OLD_LIMIT, omits: OPENAI_ALONE },
    list: null,
  }),
  // inference-docs.cerebras.ai/resources/openai: the address; hexdocs.pm/req_llm/cerebras: fields that are answered with 400.
  openai('cerebras', 'https://api.cerebras.ai/v1', 'CEREBRAS_API_KEY', {
    quirks: {
      omits: ['frequency_penalty', 'presence_penalty', 'logit_bias', 'service_tier', 'prompt_cache_key', 'verbosity'],
    },
  }),
  // tabby.tabbyml.com/docs/references/models-http-api/huggingface: the address, for chat completions alone.
  openai('huggingface', 'https://router.huggingface.co/v1', 'HF_TOKEN', { quirks: { renames: OLD_LIMIT } }),
  // ai-sdk.dev/providers/openai-compatible-providers/nim: the address.
  openai('nvidia', 'https://integrate.api.nvidia.com/v1', 'NVIDIA_API_KEY', {
    quirks: { renames: OLD_LIMIT, omits: OPENAI_ALONE },
  }),
  // docs.github.com/rest/models/inference and github.blog/changelog/2025-05-15-github-models-api-now-available: both addresses.
  openai('github-models', 'https://models.github.ai/inference', 'GITHUB_MODELS_TOKEN', {
    speaks: CHAT_AND_EMBEDDINGS,
    list: 'https://models.github.ai/catalog/models',
  }),
  openai('ollama', 'http://127.0.0.1:11434/v1', null, {
    speaks: ['chat', 'embeddings', 'images'],
    // It takes no notice of the newer name.
    quirks: { renames: OLD_LIMIT },
  }),
  // docs.vllm.ai/en/latest/usage/metrics: the port.
  openai('vllm', 'http://127.0.0.1:8000/v1', null, { speaks: ['chat', 'embeddings', 'images'] }),
  openai('llamacpp', 'http://127.0.0.1:8080/v1', null, {
    speaks: CHAT_AND_EMBEDDINGS,
    quirks: { renames: OLD_LIMIT },
  }),
  openai('lmstudio', 'http://127.0.0.1:1234/v1', null, {
    speaks: CHAT_AND_EMBEDDINGS,
    quirks: { renames: OLD_LIMIT },
  }),
  openai('tgi', 'http://127.0.0.1:3000/v1', null, { quirks: { renames: OLD_LIMIT } }),
]

/** Of whoever is at this address, under whatever name it was configured. */
export function knownAt(baseUrl: string): BuiltInProvider | undefined {
  const { host } = new URL(baseUrl)
  return BY_HOST.get(host)
}
const BY_HOST = new Map(BUILT_IN_PROVIDERS.map((one) => [new URL(one.baseUrl).host, one]))
