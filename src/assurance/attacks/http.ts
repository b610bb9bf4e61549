/** The routes of attack runs, bound to their verbs. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { AttackRuns } from './attacks.ts'
import { type AttackRun, listAttackRuns, startAttackRun } from './contract.ts'

export const attackRunsHttp = (runs: AttackRuns, releaseOf: (id: ReleaseId) => Promise<Release>): Mounted[] => [
  handle(startAttackRun, async ({ params, body, caller }) => {
    demandApplication(caller, (await releaseOf(params.id)).application)
    const found = await runs.start(params.id, body, caller.actor)
    if (found.kind === 'started') return reply(202, found)
    const { kind, plan, quote } = found
    return kind === 'quote' ? reply(200, { kind, plan, quote }) : reply(409, { kind, plan, quote })
  }),
  handle(listAttackRuns, async ({ params, caller }) => {
    demandApplication(caller, (await releaseOf(params.id)).application)
    const items = await runs.list(params.id)
    return reply(200, { items: mayRead(caller) ? items : items.map(withoutTexts) })
  }),
]

/** An attack that works is a secret, and what it got may be one too. */
const mayRead = ({ permissions }: Caller): boolean => permissions.has('build') || permissions.has('attest')

const withoutTexts = (run: AttackRun): AttackRun => (run.result ? { ...run, result: { ...run.result, hits: [] } } : run)
