/** Asks an application (or a model) through the gateway, as any OpenAI client would. */
import { AirworthyError, type ClientOptions } from './client.ts'

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
  readonly isAbstained: boolean
  readonly citations: readonly { id: string; title: string; source: string }[]
  readonly costMicroUsd: string | null
}

/** The answer. Throws `AirworthyError` with the gateway's code when there is none. */
export async function ask(
  options: ClientOptions,
  { model, messages, subject, metadata, signal }: Question,
): Promise<Answer> {
  const send = options.fetch ?? globalThis.fetch
  const response = await send(`${options.baseUrl.replace(/\/$/, '')}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(subject !== undefined && { 'airworthy-subject': subject }),
      ...(metadata !== undefined && { 'airworthy-metadata': JSON.stringify(metadata) }),
    },
    body: JSON.stringify({ model, messages }),
    ...(signal && { signal }),
  })
  const body = (await response.json()) as {
    model?: string
    choices?: { message: { content: string; citations?: Answer['citations']; abstained?: boolean } }[]
    error?: { message?: string; code?: string }
  }
  const message = body.choices?.[0]?.message
  if (!response.ok || !message)
    throw new AirworthyError(response.status, {
      code: body.error?.code ?? 'gateway.no-answer',
      detail: body.error?.message ?? 'The gateway gave no answer.',
    })
  return {
    text: message.content,
    servedBy: body.model ?? model,
    trace: response.headers.get('airworthy-trace') ?? '',
    release: response.headers.get('airworthy-release'),
    arm: response.headers.get('airworthy-arm'),
    isAbstained: message.abstained ?? false,
    citations: message.citations ?? [],
    costMicroUsd: response.headers.get('airworthy-cost-micro-usd'),
  }
}
