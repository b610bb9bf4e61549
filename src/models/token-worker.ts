/**
 * The thread that counts tokens by one encoding (o200k_base): 2 MB of tables that take a quarter of a second and 75 MB to
 * load, which the thread that owns the port has no time for. In: `{id, texts}`; out: `{id, tokens}`, one for each text.
 */
import { parentPort } from 'node:worker_threads'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

export type TokenAsk = { readonly id: number; readonly texts: readonly string[] }
export type TokenAnswer = { readonly id: number; readonly tokens: readonly number[] }

/** Text such as `<|endoftext|>` is what somebody wrote, never a command. */
const AS_TEXT = { disallowedSpecial: new Set<string>() }

/**
 * A run of letters, spaces or signs is one piece to the encoding, whose merging takes the square of its length: 100,000
 * spaces took six seconds. Longer runs are cut, which counts at most one token too many at each cut.
 */
const LONG_RUN = /[\p{L}\p{M}]{1024,}|\s{1024,}|[^\s\p{L}\p{M}\p{N}]{1024,}/gu
const CUT = /.{1,1024}/gsu

parentPort?.on('message', ({ id, texts }: TokenAsk) => {
  parentPort?.postMessage({ id, tokens: texts.map(tokensOf) } satisfies TokenAnswer)
})

function tokensOf(text: string): number {
  let total = 0
  let from = 0
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    total += countTokens(text.slice(from, index), AS_TEXT)
    for (const [piece] of run.matchAll(CUT)) total += countTokens(piece, AS_TEXT)
    from = index + run.length
  }
  return total + countTokens(text.slice(from), AS_TEXT)
}
