/** promptfoo's providers as models of ours, or as an application over HTTP. */

export type ProviderMapping =
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'target'; readonly name: string }
  | { readonly kind: 'none'; readonly why: string }

const NAMES: Readonly<Record<string, string>> = { google: 'gemini', vertex: 'gemini', palm: 'gemini' }
const KINDS = ['chat', 'messages', 'responses', 'completion', 'embeddings']

export function modelOf(provider: unknown): ProviderMapping {
  const id = typeof provider === 'string' ? provider : idOf(provider)
  if (id === undefined) return { kind: 'none', why: 'names no provider' }
  if (id.startsWith('file://') || /^(exec|python|package|golang|ruby):/.test(id))
    return { kind: 'none', why: `${id} is code` }
  if (/^https?:\/\//.test(id)) return { kind: 'target', name: id }
  const [name = '', ...rest] = id.split(':')
  const model = rest.filter((word, at) => at > 0 || !KINDS.includes(word)).join(':')
  if (model === '') return { kind: 'none', why: `${id} names no model` }
  return { kind: 'model', name: `${NAMES[name] ?? name}/${model}` }
}

/** Parameters that mean the same everywhere. */
export function parametersOf(provider: unknown): Record<string, unknown> {
  const config = (provider as { config?: Record<string, unknown> } | null)?.config ?? {}
  const kept = ['temperature', 'max_tokens', 'top_p', 'seed', 'stop']
  return Object.fromEntries(Object.entries(config).filter(([name]) => kept.includes(name)))
}

function idOf(provider: unknown): string | undefined {
  if (typeof provider !== 'object' || provider === null) return undefined
  const { id, config } = provider as { id?: unknown; config?: { url?: unknown } }
  if (typeof id === 'string') return /^https?$/.test(id) && typeof config?.url === 'string' ? config.url : id
  // `- openai:gpt-4o: {config: …}` is a mapping with the id as its key.
  const [key] = Object.keys(provider)
  return key
}
