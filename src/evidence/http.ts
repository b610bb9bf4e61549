/** Handlers of the routes of evidence. */
import type { ReleaseId } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import {
  answerChallenge,
  attestEvidence,
  challengeEvidence,
  getEvidence,
  importEvidence,
  listChallenges,
  listEvidence,
  listEvidenceKeys,
  revokeEvidenceKey,
  rotateEvidenceKey,
} from './contract.ts'
import type { EvidenceDeps } from './deps.ts'
import type { EvidenceLog } from './evidence.ts'

export function evidenceHttp(evidence: EvidenceLog, { subjectOf }: Pick<EvidenceDeps, 'subjectOf'>) {
  const demandRelease = async (caller: Caller, release: ReleaseId) => {
    if (caller.application !== null) demandApplication(caller, (await subjectOf(release)).application)
  }
  return [
    handle(listEvidence, async ({ query: { cursor, limit, ...filter }, caller }) => {
      const application = caller.application ?? filter.application
      if (filter.application !== undefined) demandApplication(caller, filter.application)
      if (filter.against !== undefined) await demandRelease(caller, filter.against)
      return reply(200, await evidence.list({ ...filter, application }, { cursor, limit }))
    }),
    // Before `/evidence/:id`, which would take `keys` for an id.
    handle(listEvidenceKeys, async () => reply(200, { items: await evidence.keys() })),
    handle(rotateEvidenceKey, async ({ body, caller }) => {
      demandUnbound(caller)
      return reply(201, await evidence.rotateKey({ ...body, by: caller.actor }))
    }),
    handle(revokeEvidenceKey, async ({ body, caller }) => {
      demandUnbound(caller)
      return reply(200, await evidence.revokeKey({ ...body, by: caller.actor }))
    }),
    handle(getEvidence, async ({ params, caller }) => {
      const found = await evidence.get(params.id)
      demandApplication(caller, found.application)
      return reply(200, found)
    }),
    handle(challengeEvidence, async ({ params, body, caller }) => {
      demandApplication(caller, (await evidence.get(params.id)).application)
      return reply(201, await evidence.challenges.raise({ id: params.id, reason: body.reason, by: caller.actor }))
    }),
    handle(listChallenges, async ({ query: { cursor, limit, ...filter }, caller }) => {
      if (filter.application !== undefined) demandApplication(caller, filter.application)
      const application = caller.application ?? filter.application
      return reply(200, await evidence.challenges.list({ ...filter, application }, { cursor, limit }))
    }),
    handle(answerChallenge, async ({ params, body, caller }) => {
      demandApplication(caller, (await evidence.challenges.get(params.id)).application)
      return reply(200, await evidence.challenges.answer({ id: params.id, ...body, by: caller.actor }))
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

/** Keys are the installation's. */
function demandUnbound({ application }: Caller): void {
  if (application === null) return
  throw new Failure('forbidden', 'access.other-application', `This key is bound to the application ${application}.`)
}
