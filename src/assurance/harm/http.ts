/** The routes of harm runs, bound to their verbs. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import {
  countHarmAnswers,
  decideHarmAnswer,
  type HarmAnswer,
  listHarmAnswers,
  listHarmRuns,
  startHarmRun,
} from './contract.ts'
import type { HarmRuns } from './harm.ts'

export function harmRunsHttp(runs: HarmRuns, releaseOf: (id: ReleaseId) => Promise<Release>): Mounted[] {
  const demandRelease = async (caller: Caller, id: ReleaseId) =>
    demandApplication(caller, (await releaseOf(id)).application)
  return [
    handle(startHarmRun, async ({ params, body, caller }) => {
      await demandRelease(caller, params.id)
      const found = await runs.start(params.id, body, caller.actor)
      if (found.kind === 'started') return reply(202, found)
      const { kind, plan, quote } = found
      return kind === 'quote' ? reply(200, { kind, plan, quote }) : reply(409, { kind, plan, quote })
    }),
    handle(listHarmRuns, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await runs.list(params.id))
    }),
    handle(listHarmAnswers, async ({ params, query, caller }) => {
      await demandRelease(caller, params.id)
      const { items, next } = await runs.answers(params.id, query)
      return reply(200, { items: mayRead(caller) ? items : items.map(withoutTexts), next })
    }),
    handle(decideHarmAnswer, async ({ params, body, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await runs.decide(params.id, body, caller.actor))
    }),
    handle(countHarmAnswers, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(201, await runs.count(params.id, caller.actor))
    }),
  ]
}

/** A framing that works is a secret, and what it got is harm. */
const mayRead = ({ permissions }: Caller): boolean => permissions.has('build') || permissions.has('attest')

const withoutTexts = (one: HarmAnswer): HarmAnswer => ({
  ...one,
  answer: '',
  asked: [],
  judged: one.judged && { ...one.judged, detail: '' },
})
