/** Log-probabilities of tokens as OpenAI's dialects tell them, and Google's. Natural logarithms everywhere. */
import type { LikelyToken, TokenLogprob } from './answer.ts'
import { isRecord, type Json } from './field-reader.ts'

type Body = Record<string, unknown>

/** A list of OpenAI's; undefined when there is none. */
export function readLogprobs(list: unknown): TokenLogprob[] | undefined {
  const tokens = records(list).flatMap((one) => {
    const [likely] = likelyOf(one, 'logprob')
    return likely ? [{ ...likely, top: records(one.top_logprobs).flatMap((top) => likelyOf(top, 'logprob')) }] : []
  })
  return tokens.length > 0 ? tokens : undefined
}

/** Chat completions say null where the bytes are not known. */
export const writeLogprobs = (tokens: readonly TokenLogprob[]): Body[] =>
  tokens.map(({ top, ...token }) => ({ ...written(token), top_logprobs: top.map(written) }))

/** A `logprobsResult`: the tokens that were chosen, and for each place those that were likeliest. */
export function readGeminiLogprobs(result: unknown): TokenLogprob[] | undefined {
  if (!isRecord(result)) return undefined
  const tops = records(result.topCandidates)
  const tokens = records(result.chosenCandidates).flatMap((one, place) => {
    const [likely] = likelyOf(one, 'logProbability')
    const top = records(tops[place]?.candidates).flatMap((candidate) => likelyOf(candidate, 'logProbability'))
    return likely ? [{ ...likely, top }] : []
  })
  return tokens.length > 0 ? tokens : undefined
}

const records = (list: unknown): Json[] => (Array.isArray(list) ? list.filter(isRecord) : [])

function likelyOf(one: Json, name: string): LikelyToken[] {
  const { token, bytes } = one
  const logprob = one[name]
  if (typeof token !== 'string' || typeof logprob !== 'number') return []
  return [{ token, logprob, ...(Array.isArray(bytes) && { bytes: bytes.map(Number) }) }]
}

const written = ({ token, logprob, bytes }: LikelyToken): Body => ({
  token,
  logprob,
  bytes: bytes ?? [...Buffer.from(token, 'utf8')],
})
