/** Asks a release through the gateway with the key of a drill, as a client of a dialect does, by the clock. */
import { Failure } from '../../kernel/failure.ts'
import { monotonicMs, SECOND, sleep } from '../../kernel/time.ts'
import type { AskForm } from './contract.ts'
import type { Port } from './deps.ts'
import type { Labels } from './judge.ts'
import type { Heard } from './read-answer.ts'

export type DrillAsk = {
  readonly port: Port
  /** `<application>@<stage>` */
  readonly model: string
  readonly question: string
  readonly form: AskForm
  /** As the header names it; undefined on the good day. */
  readonly fault: string | undefined
  readonly clockMs: number
  readonly signal: AbortSignal
}

export type DrillAnswer = {
  readonly heard: Heard
  readonly labels: Labels
  readonly trace: string | null
  /** Who answered, as the gateway says. */
  readonly release: string | null
  readonly ms: number
}

const PATHS = { chat: '/v1/chat/completions', messages: '/v1/messages', responses: '/v1/responses' } as const
/** A gateway in another process hears of the key a moment later. */
const KNOWN_AFTER_MS = 5 * SECOND
const AGAIN_MS = 250
const MOST_TOKENS = 1024

export async function askFaulty(ask: DrillAsk): Promise<DrillAnswer> {
  const begunMs = monotonicMs()
  for (;;) {
    const answer = await askOnce(ask)
    if (answer.heard.status !== 401 || monotonicMs() - begunMs > KNOWN_AFTER_MS) return answer
    await sleep(AGAIN_MS, ask.signal)
  }
}

async function askOnce({ port, model, question, form, fault, clockMs, signal }: DrillAsk): Promise<DrillAnswer> {
  const startedMs = monotonicMs()
  const clock = AbortSignal.timeout(clockMs)
  let head: Response | undefined
  let text = ''
  let end: Heard['end'] = 'closed'
  try {
    head = await fetch(new URL(PATHS[form.dialect], port.baseUrl), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${port.token}`,
        'content-type': 'application/json',
        'cache-control': 'no-cache',
        'airworthy-subject': 'fault-drill',
        ...(fault !== undefined && { 'airworthy-drill': fault }),
      },
      body: JSON.stringify(bodyOf(form, model, question)),
      signal: AbortSignal.any([clock, signal]),
    })
    const decoder = new TextDecoder()
    for await (const piece of head.body ?? []) text += decoder.decode(piece, { stream: true })
  } catch {
    if (signal.aborted) throw signal.reason
    end = clock.aborted ? 'late' : 'broke'
  }
  if (!head && end === 'broke')
    throw new Failure(
      'unavailable',
      'faults.gateway-away',
      `Nobody answers at ${port.baseUrl}. Is AIRWORTHY_PUBLIC_URL right?`,
    )
  const header = (name: string) => head?.headers.get(name) ?? null
  return {
    heard: { status: head?.status ?? 0, text, end },
    labels: {
      fallback: header('airworthy-fallback'),
      target: header('airworthy-target'),
      attempts: Number(header('airworthy-attempts') ?? 1),
      isMet: fault !== undefined && header('airworthy-drill') === fault,
    },
    trace: header('airworthy-trace'),
    release: header('airworthy-release'),
    ms: Math.round(monotonicMs() - startedMs),
  }
}

function bodyOf({ dialect, stream }: AskForm, model: string, question: string) {
  const messages = [{ role: 'user', content: question }]
  if (dialect === 'responses') return { model, input: question, store: false, stream }
  return { model, messages, stream, ...(dialect === 'messages' && { max_tokens: MOST_TOKENS }) }
}
