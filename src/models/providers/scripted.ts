/** `scripted/…`: models for tests and load, with latency, errors, broken streams and calls of tools to order. */
import { z } from 'zod'
import { canonicalJson } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { sleep } from '../../kernel/time.ts'
import { type AnswerDelta, type Answered, type Asked, inPieces, type ModelProvider } from '../answered.ts'
import { estimateUsage } from '../count-tokens.ts'
import { invalidParameters } from '../parameters.ts'

export const ScriptedParameters = z.strictObject({
  /** What `fixed` answers. */
  text: z.string().optional(),
  /** Time before the first word. */
  latencyMs: z.number().min(0).max(600_000).default(0),
  /** Every n-th request with these parameters fails; 1 is every one. */
  failEvery: z.number().int().min(1).optional(),
  /** What `caller` calls, one a round, where tools are offered; then it says what the last of them gave. */
  calls: z
    .array(z.strictObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) }))
    .optional(),
  /** cut: the answer breaks off in the middle · hang: it stops in the middle and never ends. */
  streamFault: z.enum(['cut', 'hang']).optional(),
})

const parameters = {
  text: 'what `fixed` answers',
  latencyMs: 'milliseconds before the first word',
  failEvery: 'every n-th request fails',
  streamFault: 'cut or hang in the middle of the answer',
  calls: 'what `caller` calls, one a round',
}
export const SCRIPTED_MODELS = {
  echo: { title: 'Echo', description: 'Says the last user turn back. For tests and load only.', parameters },
  fixed: { title: 'Fixed', description: 'Always answers its parameter `text`. For tests and load only.', parameters },
  caller: {
    title: 'Caller',
    description: 'Calls the tools of its parameter `calls`, then says what the last gave. For tests and load only.',
    parameters,
  },
} as const

export const isScriptedModel = (name: string): boolean => Object.hasOwn(SCRIPTED_MODELS, name)

export function createScripted(): ModelProvider {
  const asked: Map<string, number> = new Map()

  async function* stream(request: Asked): AsyncGenerator<AnswerDelta> {
    const { rest, signal } = request
    const parsed = ScriptedParameters.safeParse(request.parameters)
    if (!parsed.success) throw invalidParameters(`scripted/${rest}`, parsed.error)
    const { text, latencyMs, failEvery, streamFault } = parsed.data
    signal.throwIfAborted()
    const key = canonicalJson([rest, request.parameters])
    const times = (asked.get(key) ?? 0) + 1
    if (failEvery) asked.set(key, times)
    if (latencyMs > 0) await sleep(latencyMs, signal)
    if (failEvery && times % failEvery === 0)
      throw new Failure('unavailable', 'models.scripted-failure', `scripted/${rest} fails here, as it was told to.`)
    const call = rest === 'caller' && request.tools ? parsed.data.calls?.[roundsOf(request)] : undefined
    if (call) return yield* inPieces(await calling(request, call), signal)
    const answer =
      rest === 'caller'
        ? resultIn(request)
        : rest === 'fixed'
          ? (text ?? 'ok')
          : (request.messages.findLast(({ role }) => role === 'user')?.content ?? '')
    const answered: Answered = {
      text: answer,
      finishReason: 'stop',
      usage: await estimateUsage(request.messages, answer),
      servedBy: `scripted/${rest}`,
      responseModel: null,
      citations: [],
      pricedAs: `scripted/${rest}`,
    }
    if (!streamFault) return yield* inPieces(answered, signal)
    yield { kind: 'text', text: answer.slice(0, Math.ceil(answer.length / 2)) }
    if (streamFault === 'hang') await untilAborted(signal)
    throw new Failure('unavailable', 'models.stream-cut', `scripted/${rest} broke off its answer, as it was told to.`)
  }

  return {
    stream,
    async complete(request) {
      for await (const delta of stream(request)) if (delta.kind === 'end') return delta.answered
      throw new Error('A scripted stream ends with its answer or throws.')
    },
  }
}

const roundsOf = ({ exchange = [] }: Asked): number => exchange.filter(({ kind }) => kind === 'results').length

/** Asked for without anything to call, it says so. */
const resultIn = ({ exchange = [] }: Asked): string =>
  exchange.flatMap((turn) => (turn.kind === 'results' ? turn.results : [])).at(-1)?.text ?? 'I called nothing.'

async function calling(
  request: Asked,
  { name, arguments: given }: { name: string; arguments: Readonly<Record<string, unknown>> },
): Promise<Answered> {
  const call = { id: `call_${roundsOf(request) + 1}`, name, arguments: JSON.stringify(given) }
  return {
    text: '',
    calls: [call],
    said: [{ kind: 'tool-call', ...call }],
    finishReason: 'tool-calls',
    usage: await estimateUsage(request.messages, call.arguments),
    servedBy: `scripted/${request.rest}`,
    responseModel: null,
    citations: [],
    pricedAs: `scripted/${request.rest}`,
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
