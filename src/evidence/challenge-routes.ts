/** Routes of challenges: a reasoned doubt about evidence, and somebody else's answer. */
import { z } from 'zod'
import { Challenge, ChallengeId } from '../core/challenge.ts'
import { EvidenceId } from '../core/evidence.ts'
import { Name } from '../core/names.ts'
import { Page, pageOf, route } from '../wire/route.ts'

const reason = z.string().trim().min(10, 'give the reason in at least 10 characters').max(4000)

export const challengeEvidence = route({
  name: 'challengeEvidence',
  method: 'POST',
  path: '/api/v1/evidence/:id/challenges',
  summary: 'Doubt a piece of evidence with a reason; its check is inconclusive until somebody else answers',
  permission: 'view',
  mcp: true,
  params: z.object({ id: EvidenceId }),
  body: z.strictObject({ reason }),
  returns: { 201: Challenge },
})

export const listChallenges = route({
  name: 'listChallenges',
  method: 'GET',
  path: '/api/v1/challenges',
  summary: 'List challenges of evidence, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    application: Name.optional(),
    evidence: EvidenceId.optional(),
    state: Challenge.shape.state.optional(),
  }),
  returns: { 200: pageOf(Challenge) },
})

export const answerChallenge = route({
  name: 'answerChallenge',
  method: 'POST',
  path: '/api/v1/challenges/:id/answer',
  summary: 'Uphold or dismiss a challenge that somebody else raised, or withdraw your own',
  permission: 'attest',
  approval: 'word',
  params: z.object({ id: ChallengeId }),
  body: z.strictObject({ decision: z.enum(['uphold', 'dismiss', 'withdraw']), answer: reason }),
  returns: { 200: Challenge },
})
