/**
 * What the KPIs became as evidence for `pilot.kpi`: when a gate asks, when a value came in, and when its time is over.
 *
 * Invariant: nothing is said anew without a newer value or another outcome, so that evidence is never younger than
 * what it rests on.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import { readKpis } from '../charter/kpi-evidence.ts'
import { Charter } from '../documents/charter.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { type EvidenceDoor, isSame, say } from '../recount.ts'
import { newestKpiValues } from './store.ts'

export type KpiProofDeps = Pick<GovernanceDeps, 'db' | 'clock' | 'organisation' | 'publish' | 'applicationOf'> &
  Pick<EvidenceDoor, 'recordEvidence' | 'newestAnswer'> & {
    /** What serves in production, else in the pilot; undefined where the application is in neither. */
    readonly pilotRelease: (application: string) => ReleaseId | undefined
  }

const CHECK = 'pilot.kpi'
const PRODUCER = 'governance/kpi'

export type KpiProof = ReturnType<typeof createKpiProof>

export function createKpiProof(deps: KpiProofDeps) {
  const { db, clock, organisation } = deps

  async function read(application: Application, by: ActorId) {
    const { charter } = application.documents
    const parsed = Charter.safeParse(charter?.value)
    if (!charter || !parsed.success) return undefined
    const values = await newestKpiValues(db, { organisation, application: application.name })
    const reading = readKpis(parsed.data.kpis ?? [], { values, now: clock() })
    if (!reading) return undefined
    const draft: Omit<EvidenceDraft, 'release'> = {
      ...{ application: application.name, check: CHECK, by, facts: reading.facts, summary: reading.summary },
      inputs: [{ kind: 'document', name: 'charter', digest: charter.digest }],
      ...{ producer: { name: PRODUCER, version: '1' }, trust: 'imported', example: parsed.data.example },
    }
    return { draft, newest: reading.newest }
  }

  return {
    /** Where nothing was measured a person may still state it. */
    producer: {
      name: PRODUCER,
      checks: [CHECK],
      quote: async () => FREE,
      async run({ release, application, by }) {
        const found = await read(application, by)
        return found ? [{ ...found.draft, release: release.id }] : []
      },
    } satisfies Producer,

    /** Called after values came in, and now and then. */
    async prove(name: string, by: ActorId): Promise<void> {
      const release = deps.pilotRelease(name)
      if (release === undefined) return
      const found = await read(await deps.applicationOf(name), by)
      if (!found) return
      const last = await deps.newestAnswer(name, CHECK)
      const isSaid = last?.release === release && isSame(last, found.draft) && found.newest.createdAt <= last.at
      if (!isSaid) await say(deps, { ...found.draft, release })
    },
  }
}
