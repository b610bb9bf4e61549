/** Handlers of the routes of evidence. */
import type { ReleaseId } from '../core/release.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { attestEvidence, getEvidence, importEvidence, listEvidence, listEvidenceKeys } from './contract.ts'
import type { EvidenceDeps, EvidenceLog } from './evidence.ts'

export function evidenceHttp(evidence: EvidenceLog, { subjectOf }: Pick<EvidenceDeps, 'subjectOf'>) {
  const demandRelease = async (caller: Caller, release: ReleaseId) => {
    if (caller.application !== null) demandApplication(caller, (await subjectOf(release)).application)
  }
  return [
    handle(listEvidence, async ({ query: { cursor, limit, ...filter }, caller }) => {
      const application = caller.application ?? filter.application
      if (filter.application !== undefined) demandApplication(caller, filter.application)
      return reply(200, await evidence.list({ ...filter, application }, { cursor, limit }))
    }),
    // Before `/evidence/:id`, which would take `keys` for an id.
    handle(listEvidenceKeys, async () => reply(200, { items: await evidence.keys() })),
    handle(getEvidence, async ({ params, caller }) => {
      const found = await evidence.get(params.id)
      demandApplication(caller, found.application)
      return reply(200, found)
    }),
    handle(attestEvidence, async ({ body, caller }) => {
      await demandRelease(caller, body.release)
      return reply(201, await evidence.attest(body, caller))
    }),
    handle(importEvidence, async ({ body, caller }) => {
      await demandRelease(caller, body.release)
      return reply(201, { items: await evidence.importReport(body, caller.actor) })
    }),
  ]
}
