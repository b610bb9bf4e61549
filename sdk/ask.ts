/** Asks an application (or a model) through the gateway, as any OpenAI client would. */
import { AirworthyError, type ClientOptions } from './client.ts'
import { eventsOf } from './events.ts'

export type Question = {
  /** `<application>`, `<application>@<stage>` or `provider/model`. */
  readonly model: string
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[]
  /** Who is asking: keeps a user on one arm of a rollout. */
  readonly subject?: string
  /** Labels that are kept with the trace. */
  readonly metadata?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export type Answer = {
  readonly text: string
  /** What answered: `provider/model`. */
  readonly servedBy: string
  readonly trace: string
  readonly release: string | null
  readonly arm: string | null
  /** What the person who asked has to be told, in the language of `accept-language`; null when the release says none. */
  readonly disclosure: string | null
  readonly isAbstained: boolean
  readonly citations: readonly { id: string; title: string; source: string }[]
  readonly costMicroUsd: string | null
}

/** The answer. Throws `AirworthyError` with the gateway's code when there is none. */
export async function ask(options: ClientOptions, question: Question): Promise<Answer> {
  const response = await send(options, question, false)
  const body = (await response.json()) as Body
  const message = body.choices?.[0]?.message
  if (!response.ok || !message) throw refusal(response.status, body)
  return {
    ...standingOf(response),
    text: message.content,
    servedBy: body.model ?? question.model,
    isAbstained: message.abstained ?? false,
    citations: message.citations ?? [],
  }
}

/** The same, piece by piece as it is made: `for await (const text of askInPieces(…)) …`. Leaving the loop hangs up. */
export async function* askInPieces(
  options: ClientOptions,
  question: Question,
): AsyncGenerator<string, void, undefined> {
  const response = await send(options, question, true)
  if (!response.ok) throw refusal(response.status, (await response.json()) as Body)
  for await (const { data } of eventsOf(response)) {
    if (data === '[DONE]') return
    const chunk = JSON.parse(data) as Body & { choices?: { delta?: { content?: string } }[] }
    if (chunk.error) throw refusal(response.status, chunk)
    const text = chunk.choices?.[0]?.delta?.content
    if (text) yield text
  }
}

type Body = {
  model?: string
  choices?: { message?: { content: string; citations?: Answer['citations']; abstained?: boolean } }[]
  error?: { message?: string; code?: string }
}

function send(
  options: ClientOptions,
  { model, messages, subject, metadata, signal }: Question,
  stream: boolean,
): Promise<Response> {
  const ask = options.fetch ?? globalThis.fetch
  return ask(`${options.baseUrl.replace(/\/$/, '')}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(subject !== undefined && { 'airworthy-subject': subject }),
      ...(metadata !== undefined && { 'airworthy-metadata': JSON.stringify(metadata) }),
    },
    body: JSON.stringify({ model, messages, ...(stream && { stream }) }),
    ...(signal && { signal }),
  })
}

const standingOf = ({ headers }: Response) => ({
  trace: headers.get('airworthy-trace') ?? '',
  release: headers.get('airworthy-release'),
  arm: headers.get('airworthy-arm'),
  disclosure: decodeURIComponent(headers.get('airworthy-disclosure') ?? '') || null,
  costMicroUsd: headers.get('airworthy-cost-micro-usd'),
})

const refusal = (status: number, { error }: Body) =>
  new AirworthyError(status, {
    code: error?.code ?? 'gateway.no-answer',
    detail: error?.message ?? 'The gateway gave no answer.',
  })
