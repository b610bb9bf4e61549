/**
 * Answers that a person looks at. One that is held is kept before the client hears of it, and the client gets a notice
 * in its place; when it cannot be kept nothing is given. One that is flagged is given at once.
 */
import { lastUserTurn, type Turn } from '../core/conversation.ts'
import { kindsOf, type LiveOversight } from '../core/oversight.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { Instant } from '../kernel/time.ts'
import { HELD_STEP } from '../telemetry/index.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import type { Produced } from './produce.ts'

export const HELD_HEADER = 'airworthy-held'

/** Whether an answer may turn out to be held, so that no word of it leaves before it is whole. */
export const mayHold = (oversight: LiveOversight | undefined): boolean =>
  oversight?.kinds.some(({ action }) => action === 'hold') ?? false

export async function overseen(
  produced: Produced,
  by: {
    oversight: LiveOversight
    exchange: Exchange
    turns: readonly Turn[]
    stage: Stage
    release: Release
    deps: Pick<GatewayDeps, 'oversee' | 'report' | 'clock'>
  },
): Promise<Produced> {
  const { oversight, exchange, turns, stage, release, deps } = by
  const { facts, traceId, caller } = exchange
  const { text, abstained, calls = [] } = produced
  // What only asks for calls has answered nothing yet.
  if (text === '' && calls.length > 0) return produced
  const said = { asked: lastUserTurn(turns), answered: text, abstained, stage, metadata: facts.metadata }
  const kinds = kindsOf(oversight.kinds, said)
  if (kinds.length === 0) return produced
  const isHeld = kinds.some(({ action }) => action === 'hold')
  const keeping = (deps.oversee ?? nobody)({
    ...{ application: release.application, stage, release: release.id, trace: traceId, kinds: kinds.map(nameOf) },
    ...{ mode: isHeld ? 'hold' : 'flag', waitMinutes: oversight.waitMinutes, turns, answer: text },
    ...{ user: facts.user, askedBy: caller.actor },
  })
  if (!isHeld) {
    await keeping.catch(deps.report)
    return produced
  }
  const { id } = await keeping.catch((thrown: unknown) => {
    deps.report(thrown)
    throw new Failure(
      'unavailable',
      'gateway.not-held',
      'A person has to look at this answer before it is given, and it could not be kept for them. Try again in a moment.',
    )
  })
  exchange.setHeader(HELD_HEADER, id)
  const at = deps.clock()
  const given = { ...produced, ...(calls.length > 0 && { calls: [], finishReason: 'stop' as const }) }
  return { ...given, text: noticeOf(id), citations: [], steps: [...produced.steps, heldStep(id, at)] }
}

const heldStep = (id: string, startedAt: Instant): Produced['steps'][number] => ({
  ...{ id: 'oversight', name: 'hold for a person', kind: HELD_STEP, startedAt, durationMs: 0, error: null },
  attributes: { 'airworthy.step.kind': HELD_STEP, 'airworthy.held': id },
})

const nobody = () => Promise.reject(new Error('No gateway here was told who keeps answers for people.'))

const nameOf = ({ kind }: { kind: string }): string => kind

const noticeOf = (id: string): string =>
  `A person looks at this answer before it is given. Its number is ${id}; ask for it later under that number.`
