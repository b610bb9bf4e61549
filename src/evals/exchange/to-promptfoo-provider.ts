/** Models of ours by promptfoo's names; the other direction is `promptfoo-provider.ts`. */

/** Where promptfoo's name of the provider is another, or wants the kind of call behind it. */
const CHAT: Readonly<Record<string, string>> = {
  openai: 'openai:chat',
  anthropic: 'anthropic:messages',
  gemini: 'google',
  cohere: 'cohere',
  mistral: 'mistral',
  groq: 'groq',
  xai: 'xai',
  deepseek: 'deepseek',
  openrouter: 'openrouter',
  together: 'togetherai',
  fireworks: 'fireworks',
  cerebras: 'cerebras',
  perplexity: 'perplexity',
  ollama: 'ollama:chat',
}
const VECTORS: Readonly<Record<string, string>> = { openai: 'openai:embeddings', ollama: 'ollama:embeddings' }

/** Undefined where promptfoo has no name for it: what runs in our process, and providers of your own. */
export const providerOf = (model: string): string | undefined => named(CHAT, model)

/** Of a model that makes vectors. */
export const vectorsProviderOf = (model: string): string | undefined => named(VECTORS, model)

function named(names: Readonly<Record<string, string>>, model: string): string | undefined {
  const [provider = '', ...rest] = model.split('/')
  const name = names[provider]
  return name === undefined || rest.length === 0 ? undefined : `${name}:${rest.join('/')}`
}
