/** Asks the existing application that a blueprint names: one that speaks OpenAI's dialect, or `{messages}` → `{answer}`. */
import { z } from 'zod'
import type { Turn } from '../core/conversation.ts'
import type { Target } from '../core/flow.ts'
import { Failure } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import {
  type Answered,
  demandNoKey,
  type Endpoint,
  endpointHeaders,
  estimateUsage,
  type ModelProvider,
  refused,
  textOf,
  type Upstream,
} from '../models/index.ts'

export type TargetDeps = {
  /** A provider at an address that has no name here. */
  readonly at: (endpoint: Endpoint) => ModelProvider
  readonly send: Upstream['send']
  /** The key that a target names; rejects when there is none, or when it belongs to another host. */
  readonly credentialFor: (name: string, url: string) => Promise<Secret>
}

export type TargetAsk = {
  readonly target: Target
  readonly turns: readonly Turn[]
  readonly signal: AbortSignal
  readonly onText: ((text: string) => void) | undefined
}

const HttpAnswer = z.object({ answer: z.string() })

export async function callTarget(deps: TargetDeps, { target, turns, signal, onText }: TargetAsk): Promise<Answered> {
  const { timeoutMs } = target
  const endpoint: Endpoint = {
    name: new URL(target.url).host,
    dialect: 'openai',
    baseUrl: target.url,
    speaks: ['chat'],
    credential: target.credential ? await deps.credentialFor(target.credential, target.url) : undefined,
    timeouts: { headersMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs },
  }
  if (target.kind === 'http') {
    const answered = await askHttp(deps, { endpoint, turns, signal })
    onText?.(answered.text)
    return answered
  }
  const asked = {
    model: target.model,
    rest: target.model,
    messages: turns,
    parameters: {},
    conversation: turns,
    signal,
  }
  if (!onText) return deps.at(endpoint).complete(asked)
  for await (const delta of deps.at(endpoint).stream(asked)) {
    if (delta.kind === 'end') return delta.answered
    onText(delta.text)
  }
  throw new Failure('unavailable', 'models.stream-cut', `${endpoint.name} ended its answer without an end.`)
}

async function askHttp(
  deps: TargetDeps,
  { endpoint, turns, signal }: { endpoint: Endpoint; turns: readonly Turn[]; signal: AbortSignal },
): Promise<Answered> {
  const answer = await deps.send({
    url: endpoint.baseUrl,
    headers: { ...endpointHeaders(endpoint), accept: 'application/json' },
    body: JSON.stringify({ messages: turns }),
    timeouts: endpoint.timeouts,
    signal,
  })
  if (answer.status < 200 || answer.status > 299) throw await refused(endpoint, answer, signal)
  const said = demandNoKey(endpoint, await textOf(answer, { host: endpoint.name, signal }))
  const parsed = HttpAnswer.safeParse(parseJson(said))
  if (!parsed.success)
    throw new Failure(
      'unavailable',
      'flows.target-unreadable',
      `${endpoint.name} must answer {"answer": "…"} as JSON. Change the target, or use kind: openai.`,
    )
  const text = parsed.data.answer
  return {
    text,
    finishReason: 'stop',
    usage: await estimateUsage(turns, text),
    servedBy: `${endpoint.name}/http`,
    responseModel: null,
    citations: [],
    pricedAs: `${endpoint.name}/http`,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
