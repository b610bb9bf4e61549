/** Any OpenAI-compatible server: hosted, Ollama, vLLM, llama.cpp, or an application that is brought as it is. */
import { z } from 'zod'
import { createSseReader } from '../../dialects/index.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Secret } from '../../kernel/secret.ts'
import type { Answered, Asked, ModelProvider } from '../answered.ts'
import type { FinishReason, Usage } from '../completion.ts'
import { estimateUsage } from '../count-tokens.ts'
import { chunksOf, type Timeouts, textOf, type Upstream, type UpstreamAnswer } from '../upstream.ts'
import { errorText, refusalOf } from '../upstream-failure.ts'

/** An address that speaks OpenAI's dialect, with its key opened. */
export type Endpoint = {
  readonly name: string
  /** Ends where `/chat/completions` begins. */
  readonly baseUrl: string
  readonly credential: Secret | undefined
  readonly timeouts?: Partial<Timeouts>
}

const UsageBody = z.object({
  prompt_tokens: z.number().int().nonnegative(),
  completion_tokens: z.number().int().nonnegative().default(0),
  prompt_tokens_details: z.object({ cached_tokens: z.number().int().nullish() }).nullish(),
})
const Words = z.object({ content: z.string().nullish(), refusal: z.string().nullish() })
const Choice = z.object({ message: Words.nullish(), delta: Words.nullish(), finish_reason: z.string().nullish() })
const Body = z.object({
  model: z.string().nullish(),
  choices: z.array(Choice).default([]),
  usage: UsageBody.nullish().catch(null),
  error: z.unknown().optional(),
})
type Body = z.infer<typeof Body>

export const endpointUrl = ({ baseUrl }: Pick<Endpoint, 'baseUrl'>, path: string): string =>
  `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`

export const endpointHeaders = ({ credential }: Pick<Endpoint, 'credential'>): Record<string, string> => ({
  'content-type': 'application/json',
  ...(credential && { authorization: `Bearer ${credential.reveal()}` }),
})

/** `endpointOf` is asked for each request, so that a changed key counts from the next one on. */
export function createOpenAi({
  upstream,
  endpointOf,
}: {
  upstream: Upstream
  endpointOf: () => Endpoint
}): ModelProvider {
  const ask = async (asked: Asked, stream: boolean): Promise<{ endpoint: Endpoint; answer: UpstreamAnswer }> => {
    const endpoint = endpointOf()
    const { stream: _, stream_options: __, ...parameters } = asked.parameters
    const answer = await upstream.send({
      url: endpointUrl(endpoint, 'chat/completions'),
      headers: { ...endpointHeaders(endpoint), accept: stream ? 'text/event-stream' : 'application/json' },
      body: JSON.stringify({
        ...parameters,
        model: asked.rest,
        messages: asked.messages,
        ...(stream && { stream: true, stream_options: { include_usage: true } }),
      }),
      timeouts: endpoint.timeouts,
      signal: asked.signal,
    })
    if (answer.status >= 200 && answer.status < 300) return { endpoint, answer }
    throw await refused(endpoint, answer, asked.signal)
  }

  return {
    async complete(asked) {
      const { endpoint, answer } = await ask(asked, false)
      const body = bodyOf(await textOf(answer, { host: endpoint.name, signal: asked.signal }), endpoint)
      const [choice] = body.choices
      if (!choice?.message) throw unreadable(endpoint, 'it holds no message')
      const text = choice.message.content ?? choice.message.refusal ?? ''
      const refusal = choice.message.content ? null : choice.message.refusal
      return answeredOf({ asked, endpoint, body, text, refusal, finish: choice.finish_reason })
    },

    async *stream(asked) {
      const { endpoint, answer } = await ask(asked, true)
      const reader = createSseReader()
      let text = ''
      let refusal: string | null = null
      let finish: string | null = null
      let last: Body = { choices: [] }
      let isDone = false
      const take = (data: string): string => {
        if (data.trim() === '[DONE]') isDone = true
        if (isDone) return ''
        const body = bodyOf(data, endpoint)
        last = { ...last, model: body.model ?? last.model, usage: body.usage ?? last.usage }
        const [choice] = body.choices
        finish = choice?.finish_reason ?? finish
        if (choice?.delta?.refusal) refusal = (refusal ?? '') + choice.delta.refusal
        return choice?.delta?.content ?? choice?.delta?.refusal ?? ''
      }
      try {
        for await (const chunk of chunksOf(answer, { host: endpoint.name, signal: asked.signal })) {
          for (const data of reader.push(chunk)) {
            const piece = take(data)
            text += piece
            if (piece !== '') yield { kind: 'text', text: piece }
          }
          if (isDone) break
        }
        for (const data of reader.end()) {
          const piece = take(data)
          text += piece
          if (piece !== '') yield { kind: 'text', text: piece }
        }
      } finally {
        // After the last event the connection is read empty, so that it can be used again.
        if (isDone) answer.body.resume()
        else answer.body.destroy()
      }
      if (!isDone && finish === null)
        throw new Failure(
          'unavailable',
          'models.stream-cut',
          `${endpoint.name} broke off its answer after ${text.length} characters. Try again.`,
        )
      yield { kind: 'end', answered: await answeredOf({ asked, endpoint, body: last, text, refusal, finish }) }
    },
  }
}

async function answeredOf(part: {
  asked: Asked
  endpoint: Endpoint
  body: Body
  text: string
  refusal: string | null | undefined
  finish: string | null | undefined
}): Promise<Answered> {
  const { asked, endpoint, body, text, refusal, finish } = part
  const model = `${endpoint.name}/${asked.rest}`
  return {
    text,
    finishReason: refusal ? 'refusal' : finishReasonOf(finish),
    usage: body.usage ? usageOf(body.usage) : await estimateUsage(asked.messages, text),
    servedBy: model,
    responseModel: body.model ?? null,
    citations: [],
    pricedAs: model,
  }
}

const finishReasonOf = (finish: string | null | undefined): FinishReason =>
  finish === 'length' ? 'length' : finish === 'content_filter' ? 'refusal' : 'stop'

const usageOf = (usage: z.infer<typeof UsageBody>): Usage => ({
  inputTokens: usage.prompt_tokens,
  outputTokens: usage.completion_tokens,
  estimated: false,
  ...(usage.prompt_tokens_details?.cached_tokens ? { cacheReadTokens: usage.prompt_tokens_details.cached_tokens } : {}),
})

/** A body of an answer or of one event; an error inside it is thrown. */
function bodyOf(text: string, endpoint: Endpoint): Body {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable(endpoint, 'it is not JSON')
  }
  const parsed = Body.safeParse(value)
  if (!parsed.success) throw unreadable(endpoint, parsed.error.issues[0]?.message ?? 'its shape is strange')
  if (parsed.data.error)
    throw new Failure('unavailable', 'models.upstream-failed', `${endpoint.name} failed: ${errorText(text)} Try again.`)
  return parsed.data
}

const unreadable = (endpoint: Endpoint, why: string): Failure =>
  new Failure(
    'unavailable',
    'models.upstream-unreadable',
    `The answer of ${endpoint.name} cannot be read: ${why}. Does its address end in /v1?`,
  )

export async function refused(endpoint: Endpoint, answer: UpstreamAnswer, signal: AbortSignal): Promise<Failure> {
  const retryAfter = answer.headers['retry-after']
  return refusalOf({
    provider: endpoint.name,
    status: answer.status,
    body: await textOf(answer, { host: endpoint.name, signal, limit: 1024 * 1024 }),
    retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    credential: endpoint.credential,
  })
}
