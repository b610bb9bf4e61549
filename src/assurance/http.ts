/** The route that tries a cap, bound to the producer that answers the check. */
import type { Application } from '../core/application.ts'
import type { Evidence, EvidenceDraft } from '../core/evidence.ts'
import type { Producer } from '../core/producer.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import { demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { probeCap } from './contract.ts'

export type CapProbeDeps = {
  /** Asked for at each use, because producers are made late. */
  readonly producers: () => readonly Producer[]
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly applicationOf: (name: string) => Promise<Application>
  /** Signs and keeps it. */
  readonly record: (drafts: readonly EvidenceDraft[]) => Promise<readonly Evidence[]>
}

const CHECK = 'ops.budgetcap'

export const capProbesHttp = ({ producers, releaseOf, applicationOf, record }: CapProbeDeps): Mounted[] => [
  handle(probeCap, async ({ params, caller, signal }) => {
    const release = await releaseOf(params.id)
    demandApplication(caller, release.application)
    const application = await applicationOf(release.application)
    const producer = producers().find(({ checks }) => checks.includes(CHECK))
    const drafts = await producer?.run({ release, application, by: caller.actor, signal, checks: [CHECK] })
    const [evidence] = await record(drafts ?? [])
    if (evidence) return reply(201, evidence)
    throw new Failure('unavailable', 'assurance.cap-not-probed', 'Nobody here can try the cap. Try again later.')
  }),
]
