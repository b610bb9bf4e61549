/**
 * Challenges: anybody who may see evidence may doubt it, and nobody dismisses a doubt about their own work.
 *
 * Invariant: a challenge is open once and ends once; who raised it may only withdraw it, and who made the evidence may
 * only uphold it.
 */
import type { ActorId } from '../core/actor.ts'
import type { Challenge, ChallengeId } from '../core/challenge.ts'
import type { EvidenceId } from '../core/evidence.ts'
import { Failure } from '../kernel/failure.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import { page } from '../wire/route.ts'
import type { EvidenceDeps } from './deps.ts'
import {
  addChallenge,
  type ChallengeFilter,
  endChallenge,
  findChallenge,
  findEvidence,
  listChallenges,
} from './store.ts'

const STATES = { uphold: 'upheld', dismiss: 'dismissed', withdraw: 'withdrawn' } as const

type Deps = Pick<EvidenceDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'>

export function createChallenges({ db, clock, newId, organisation, record, publish }: Deps) {
  const announce = ({ id, application, evidence }: Challenge) => {
    publish({ topic: 'challenge', id, application })
    publish({ topic: 'evidence', id: evidence, application })
  }

  async function get(id: ChallengeId): Promise<Challenge> {
    const found = await findChallenge(db, id)
    if (!found) throw new Failure('unknown', 'evidence.challenge-unknown', `There is no challenge ${id}.`)
    return found
  }

  return {
    get,

    /** All that stand on the evidence of an application, or of several, ended ones too. */
    allOf: (reader: Database | Tx, application: string | readonly string[]): Promise<Challenge[]> =>
      listChallenges(reader, { organisation, application }),

    async list(filter: Omit<ChallengeFilter, 'organisation'>, cut: { cursor?: string | undefined; limit: number }) {
      const rows = await listChallenges(db, { ...filter, organisation }, { before: cut.cursor, limit: cut.limit + 1 })
      return page(rows, cut.limit, ({ id }) => id)
    },

    async raise({ id, reason, by }: { id: EvidenceId; reason: string; by: ActorId }): Promise<Challenge> {
      const evidence = await findEvidence(db, id)
      if (!evidence) throw new Failure('unknown', 'evidence.unknown', `There is no evidence ${id}.`)
      const { application, check } = evidence
      const challenge: Challenge = {
        id: newId('cha'),
        organisation,
        application,
        evidence: id,
        check,
        reason,
        state: 'open',
        by,
        at: clock(),
        answer: null,
        answeredBy: null,
        answeredAt: null,
      }
      await inTransaction(db, async (tx) => {
        await addChallenge(tx, challenge)
        const detail = { evidence: id, check, reason }
        await record(tx, { actor: by, action: 'evidence.challenge', subject: challenge.id, application, detail })
      })
      announce(challenge)
      return challenge
    },

    async answer(given: {
      id: ChallengeId
      decision: keyof typeof STATES
      answer: string
      by: ActorId
    }): Promise<Challenge> {
      const { id, decision, answer, by } = given
      const challenge = await get(id)
      const evidence = await findEvidence(db, challenge.evidence)
      demandMayAnswer(decision, { by, raisedBy: challenge.by, madeBy: evidence?.by })
      const ended = await inTransaction(db, async (tx) => {
        const row = await endChallenge(tx, id, {
          state: STATES[decision],
          answer,
          answeredBy: by,
          answeredAt: clock(),
        })
        if (!row)
          throw new Failure(
            'conflict',
            'evidence.challenge-ended',
            'This challenge was answered already; raise another.',
          )
        const { application, check } = row
        const detail = { state: row.state, check, evidence: row.evidence, answer }
        await record(tx, { actor: by, action: 'evidence.challenge-answer', subject: id, application, detail })
        return row
      })
      announce(ended)
      return ended
    },
  }
}

function demandMayAnswer(
  decision: keyof typeof STATES,
  { by, raisedBy, madeBy }: { by: ActorId; raisedBy: ActorId; madeBy: ActorId | undefined },
): void {
  if (decision === 'withdraw' && by !== raisedBy)
    throw new Failure(
      'forbidden',
      'evidence.challenge-of-another',
      'Only who raised a challenge withdraws it. Uphold or dismiss it with a reason.',
    )
  if (decision === 'dismiss' && (by === raisedBy || by === madeBy))
    throw new Failure(
      'forbidden',
      'evidence.challenge-own',
      by === raisedBy
        ? 'You raised this challenge: withdraw it, or let somebody else answer.'
        : 'You made this evidence, so you may uphold the challenge and not dismiss it. Ask somebody else.',
    )
}
