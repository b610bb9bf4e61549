/**
 * Tokens by one encoding (o200k_base), for models that do not count their own. An estimate for every model but
 * those that use this encoding, and flagged so. The encoding is 2 MB of tables, so it is loaded when first needed.
 */
import type { Turn } from '../core/conversation.ts'
import type { Usage } from '../core/usage.ts'

/** Text such as `<|endoftext|>` is what somebody wrote, never a command. */
const AS_TEXT = { disallowedSpecial: new Set<string>() }

/** What OpenAI's chat format adds: three tokens a message, three for the answer's head. */
const TOKENS_A_MESSAGE = 3
const TOKENS_OF_THE_HEAD = 3

type Encoding = typeof import('gpt-tokenizer/encoding/o200k_base')
let loading: Promise<Encoding> | undefined
const encoding = (): Promise<Encoding> => {
  loading ??= import('gpt-tokenizer/encoding/o200k_base')
  return loading
}

export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await encoding()
  return count(text, AS_TEXT)
}

/** Usage of a prompt as rendered and of its answer. */
export async function estimateUsage(messages: readonly Turn[], answer: string): Promise<Usage> {
  const { countTokens: count } = await encoding()
  const inputTokens = messages.reduce(
    (sum, { role, content }) => sum + TOKENS_A_MESSAGE + count(role, AS_TEXT) + count(content, AS_TEXT),
    TOKENS_OF_THE_HEAD,
  )
  return { inputTokens, outputTokens: count(answer, AS_TEXT), estimated: true }
}
