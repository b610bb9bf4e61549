/**
 * The models of one step, asked one after another until one answers.
 *
 * Invariant: once a word of an answer has gone to the client nobody is asked again, because two answers are none; and
 * where nobody says how to fall back, as in experiments, the model that is meant is asked alone, and once.
 */
import type { ModelPart } from '../core/manifest.ts'
import { ROUTE_ATTRIBUTES } from '../core/routed-models.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { type Clock, monotonicMs, sleep } from '../kernel/time.ts'
import { actionOf, type Completion, type CompletionRequest, type Models } from '../models/index.ts'
import type { Attributes } from './attributes.ts'
import type { AskedPart, AttemptEnd, Beginning, Candidate, FallingBack } from './falling-back.ts'
import type { StepRecord } from './flow-result.ts'
import { createTries, retryAfterOf } from './tries.ts'

export type AskModels = {
  readonly step: string
  /** In the order in which they are asked; one of them is meant. */
  readonly parts: readonly AskedPart[]
  /** Why the route of the step puts them in this order; undefined where it has none. */
  readonly reason: string | undefined
  /** Told who has read it. */
  readonly beginning: Beginning | undefined
  /** How often somebody is asked again; as often as there are others where it is undefined, once at least. */
  readonly retries: number | undefined
  readonly request: Omit<CompletionRequest, 'model' | 'parameters'>
  /** How long a model may be silent while another one can be asked. */
  readonly firstWordMs: number | undefined
  readonly fallingBack: FallingBack | undefined
  readonly onText: ((text: string) => void) | undefined
  /** What is said of a request to this model. */
  readonly attributesOf: (part: ModelPart) => Attributes
  readonly note: (attributes: Attributes) => void
  readonly keep: (attempt: StepRecord) => void
}

export type AnsweredStep = {
  readonly completion: Completion
  /** Milliseconds to the first word; undefined where the answer came whole. */
  readonly firstMs: number | undefined
  /** The fallback that answered; null for the model that is meant. */
  readonly fallback: string | null
}

export type AskModelsDeps = { readonly models: Pick<Models, 'complete' | 'stream'>; readonly clock: Clock }

/** Throws what the last of them failed at, or the signal's reason. */
export async function askModels(deps: AskModelsDeps, ask: AskModels): Promise<AnsweredStep> {
  const { fallingBack, request, step, attributesOf, note, keep } = ask
  const { order, why } = orderOf(ask)
  const tries = createTries({ order, retries: ask.retries, fallingBack })
  let [asked] = order
  for (let made = 1; asked; made++) {
    const { part, as } = asked
    const candidate = candidateOf(ask, asked, why)
    const startedAt = deps.clock()
    const started = monotonicMs()
    const end = (how: AttemptEnd['how'], failure: Pick<AttemptEnd, 'errorCode' | 'retryAfterMs'>) =>
      fallingBack?.ended(candidate, { how, ms: monotonicMs() - started, ...failure })
    const label = labelOf(candidate, why)
    fallingBack?.began(candidate)
    const said = { any: false }
    try {
      const firstWordMs = tries.hasOther(asked) ? ask.firstWordMs : undefined
      const answered = await askOne(deps, { part, ask, said, firstWordMs })
      end('answered', { errorCode: null, retryAfterMs: undefined })
      if (as !== 'fallback') ask.beginning?.readBy(part.model)
      note({ ...attributesOf(part), ...label })
      return { ...answered, fallback: as === 'fallback' ? part.name : null }
    } catch (thrown) {
      const code = thrown instanceof Failure ? thrown.code : 'internal'
      const mayHeal = actionOf(thrown) !== 'return'
      end(request.signal.aborted ? 'left' : mayHeal ? 'failed' : 'answered', {
        errorCode: code,
        retryAfterMs: retryAfterOf(thrown),
      })
      const next = said.any || request.signal.aborted || !mayHeal ? undefined : tries.after(asked, thrown)
      if (!next) {
        note({ ...attributesOf(part), ...label })
        throw thrown
      }
      why.push(`${part.model} failed: ${code}.`)
      keep({
        id: `${step}-attempt-${made}`,
        name: `chat ${part.model}`,
        kind: 'attempt',
        startedAt,
        durationMs: monotonicMs() - started,
        attributes: { ...attributesOf(part), ...label, 'error.type': code },
        error: { code, message: messageOf(thrown) },
      })
      if (next.pauseMs > 0) await sleep(next.pauseMs, request.signal)
      asked = next.asked
    }
  }
  throw new Error('A step asks at least one model.')
}

/** Where a step has a route, all but its fallbacks are its choice; failures before are part of the reason. */
const candidateOf = ({ reason }: AskModels, { part, as }: AskedPart, why: readonly string[]): Candidate => ({
  name: part.name,
  model: part.model,
  as,
  reason: reason === undefined || as === 'fallback' ? undefined : [reason, ...why].join('; '),
})

function labelOf({ name, as, reason }: Candidate, why: readonly string[]): Attributes {
  if (as === 'fallback') return { 'airworthy.fallback': name, 'airworthy.fallback.why': why.join(' ') }
  return reason === undefined ? {} : { [ROUTE_ATTRIBUTES.target]: name, [ROUTE_ATTRIBUTES.reason]: reason }
}

/** Those that may be asked, who rests last; the one that is meant where none may, so that it says why. */
function orderOf(ask: AskModels): { order: readonly AskedPart[]; why: string[] } {
  const { parts, fallingBack } = ask
  const meant = parts.find(({ as }) => as === 'meant')
  const why: string[] = []
  if (!fallingBack || !meant || parts.length === 1) return { order: meant ? [meant] : [], why }
  const allowed = parts.filter((one) => {
    const not = fallingBack.whyNot(candidateOf(ask, one, []))
    if (not !== undefined && one.as !== 'fallback') why.push(not)
    return not === undefined
  })
  const resting = allowed.filter(({ part }) => fallingBack.isResting(part.model))
  const order = [...allowed.filter((one) => !resting.includes(one)), ...resting]
  // Who rests and would have been first is why somebody else is.
  const [first] = allowed
  if (first && first.as !== 'fallback' && order[0] !== first) why.push(`${first.part.model} rests after failures.`)
  return { order: order.length > 0 ? order : [meant], why }
}

async function askOne(
  { models }: AskModelsDeps,
  given: { part: ModelPart; ask: AskModels; said: { any: boolean }; firstWordMs: number | undefined },
): Promise<Omit<AnsweredStep, 'fallback'>> {
  const { part, ask, said, firstWordMs } = given
  const { onText } = ask
  const request = { ...ask.request, model: part.model, parameters: part.parameters }
  if (!onText && firstWordMs === undefined) return { completion: await models.complete(request), firstMs: undefined }
  const started = monotonicMs()
  const patience = firstWordMs === undefined ? undefined : new AbortController()
  const timer = patience && setTimeout(() => patience.abort(silent(part.model, firstWordMs)), firstWordMs)
  const signal = patience ? AbortSignal.any([request.signal, patience.signal]) : request.signal
  let firstMs: number | undefined
  try {
    const completion = await drain(models.stream({ ...request, signal }), (text) => {
      clearTimeout(timer)
      firstMs ??= monotonicMs() - started
      if (!onText || text === '') return
      said.any = true
      onText(text)
    })
    return { completion, firstMs }
  } finally {
    clearTimeout(timer)
  }
}

const silent = (model: string, ms: number | undefined): Failure =>
  new Failure('unavailable', 'models.upstream-timeout', `${model} said nothing within ${ms} ms.`)

async function drain(deltas: ReturnType<Models['stream']>, onText: (text: string) => void): Promise<Completion> {
  for await (const delta of deltas) {
    if (delta.kind === 'end') return delta.completion
    onText(delta.text)
  }
  throw new Failure('unavailable', 'models.stream-cut', 'The model ended its answer without an end. Try again.')
}
