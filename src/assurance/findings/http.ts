/** Handlers of the routes of findings. */
import type { ReleaseId } from '../../core/release.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { addFinding, importFindingsReport, listFindings, moveFinding } from './contract.ts'
import type { Findings, FindingsDeps } from './findings.ts'

export function findingsHttp(findings: Findings, { releaseOf }: Pick<FindingsDeps, 'releaseOf'>): Mounted[] {
  const demandRelease = async (caller: Caller, id: ReleaseId) =>
    demandApplication(caller, (await releaseOf(id)).application)
  return [
    handle(listFindings, async ({ query: { cursor, limit, application, ...filter }, caller }) => {
      if (application !== undefined) demandApplication(caller, application)
      const only = { ...filter, application: caller.application ?? application }
      return reply(200, await findings.list(only, { cursor, limit }))
    }),
    handle(addFinding, async ({ body, caller }) => {
      await demandRelease(caller, body.release)
      return reply(201, await findings.add(body, caller.actor))
    }),
    handle(moveFinding, async ({ params, body, caller }) => {
      demandApplication(caller, (await findings.find(params.id)).application)
      const by = { actor: caller.actor, mayAccept: caller.permissions.has('waive') }
      return reply(200, await findings.move({ id: params.id, ...body }, by))
    }),
    handle(importFindingsReport, async ({ body, caller }) => {
      await demandRelease(caller, body.release)
      return reply(201, await findings.importReport(body, caller.actor))
    }),
  ]
}
