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

/**
 * A run of letters, spaces or signs is one piece to the encoding, whose merging takes the square of its length: 100,000
 * spaces took six seconds. Longer runs are cut, which counts at most one token too many at each cut.
 */
const LONG_RUN = /[\p{L}\p{M}]{1024,}|\s{1024,}|[^\s\p{L}\p{M}\p{N}]{1024,}/gu
const CUT = /.{1,1024}/gsu

export async function countTokens(text: string): Promise<number> {
  const count = await counter()
  return count(text)
}

/** Usage of a prompt as rendered and of its answer. */
export async function estimateUsage(messages: readonly Turn[], answer: string): Promise<Usage> {
  const count = await counter()
  const inputTokens = messages.reduce(
    (sum, { role, content }) => sum + TOKENS_A_MESSAGE + count(role) + count(content),
    TOKENS_OF_THE_HEAD,
  )
  return { inputTokens, outputTokens: count(answer), estimated: true }
}

async function counter(): Promise<(text: string) => number> {
  const { countTokens: count } = await encoding()
  return (text) => {
    let total = 0
    let from = 0
    for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
      total += count(text.slice(from, index), AS_TEXT)
      for (const [piece] of run.matchAll(CUT)) total += count(piece, AS_TEXT)
      from = index + run.length
    }
    return total + count(text.slice(from), AS_TEXT)
  }
}
