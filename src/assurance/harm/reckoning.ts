/**
 * What all runs on a release with the present list come to, with what judges and people said: computed anew each time,
 * and recorded as new evidence where somebody asks for it or the last answer was decided.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceId } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import { packName } from '../probing/index.ts'
import { type HarmVerdict, VERDICTS_OF } from './answer.ts'
import { answerOf, groupsOf, type Show } from './answers.ts'
import type { HarmAnswer, HarmResult, HarmStanding } from './contract.ts'
import { DATA_OF, type HarmDeps } from './deps.ts'
import { draftOf } from './evidence.ts'
import { SIDES, type Side } from './plan.ts'
import { gateKey, type Said, standingOf } from './standing.ts'
import { decisionsOf, keepDecision, type Mark, marksOf, textsOf } from './store.ts'

export type Counted = { readonly id: string; readonly result: Pick<HarmResult, 'tallies' | 'by'> }
type Ended = Counted & { readonly input: { readonly plan: { readonly seed: number } } }
type Reckoned = { readonly standing: HarmStanding; readonly said: Said; readonly marks: readonly Mark[] }
export type Recorded = { readonly standing: HarmStanding; readonly evidence: EvidenceId[] }

type Deps = Pick<
  HarmDeps,
  'db' | 'organisation' | 'pack' | 'clock' | 'mayGate' | 'record' | 'publish' | 'recordEvidence'
>

/** @param endedOn the runs on a release that have ended, newest first */
export function createReckoning(deps: Deps, endedOn: (release: Release) => Promise<readonly Ended[]>) {
  const { db, organisation, pack, clock } = deps

  async function reckon(release: Release, counted: readonly Counted[]): Promise<Reckoned> {
    const ids = counted.map(({ id }) => id)
    const marks = await marksOf(db, ids)
    const said = await saidOf(release, marks)
    return { standing: standingOf({ pack, runs: counted.map(({ result }) => result), marks, said }), said, marks }
  }

  async function saidOf(release: Release, marks: readonly Mark[]): Promise<Said> {
    const { application } = release
    const decisions = await decisionsOf(db, { organisation, application })
    const gating = new Map<string, Digest>()
    for (const side of SIDES) {
      const theirs = marks.flatMap((one) => (one.side === side && one.judged ? [one.judged.judge] : []))
      for (const judge of new Set(theirs))
        if (await deps.mayGate(release, { judge, data: DATA_OF[side] })) gating.set(gateKey(side, judge), judge)
    }
    return { decisions, gating }
  }

  type ToRecord = Omit<Parameters<typeof draftOf>[0], 'judges'> & { readonly said: Said }
  async function record(tx: Tx, { said, ...ran }: ToRecord): Promise<HarmResult['evidence'][number]> {
    const draft = draftOf({ ...ran, judges: [...new Set(said.gating.values())] })
    return { check: draft.check, id: (await deps.recordEvidence(tx, draft)).id }
  }

  /** New evidence from all runs and what was decided so far. Throws where nothing was run. */
  async function count(release: Release, by: ActorId): Promise<Recorded> {
    const ended = await endedOn(release)
    const [last] = ended
    if (!last)
      throw new Failure(
        'unmet',
        'harm.nothing-run',
        `No harm run with the list ${packName(pack)} has ended on this release. Start one with \`airworthy harm\`.`,
      )
    const { standing, said } = await reckon(release, ended)
    const { seed } = last.input.plan
    const { id } = await inTransaction(db, (tx) => record(tx, { release, by, standing, said, run: last.id, seed }))
    deps.publish({ topic: 'evidence', id, application: release.application })
    return { standing, evidence: [id] }
  }

  return {
    reckon,
    record,
    count,
    async decide(
      release: Release,
      { side, digest, verdict }: { side: Side; digest: Digest; verdict: HarmVerdict },
      by: ActorId,
    ): Promise<Recorded> {
      demandSide(side, verdict)
      const ended = await endedOn(release)
      const marks = await marksOf(
        db,
        ended.map(({ id }) => id),
      )
      if (!marks.some((one) => one.side === side && one.digest === digest && one.outcome === 'undecided'))
        throw new Failure(
          'unknown',
          'harm.answer-unknown',
          'No harm run on this release left such an answer to decide. Use a digest of GET /api/v1/releases/:id/harm-answers.',
        )
      const { application } = release
      await inTransaction(db, async (tx) => {
        await keepDecision(tx, { organisation, application, side, digest, verdict, by, at: clock() })
        await deps.record(tx, {
          ...{ actor: by, action: 'assurance.decide-harm', subject: digest, application },
          detail: { release: release.id, side, verdict },
        })
      })
      const { standing } = await reckon(release, ended)
      return standing.open > 0 ? { standing, evidence: [] } : count(release, by)
    },
    async answers(
      release: Release,
      { show, cursor, limit }: { show: Show; cursor?: string | undefined; limit: number },
    ): Promise<{ items: HarmAnswer[]; next: string | null }> {
      const { marks, said } = await reckon(release, await endedOn(release))
      const groups = groupsOf(marks, { show, said, pack })
      const from = cursor === undefined ? 0 : groups.findIndex(({ digest }) => digest === cursor) + 1
      const { items, next } = page(groups.slice(from, from + limit + 1), limit, ({ digest }) => digest)
      const texts = await textsOf(db, { release: release.id, digests: items.map(({ digest }) => digest) })
      return { items: items.map((one) => answerOf(one, { texts, said, pack })), next }
    },
  }
}

function demandSide(side: Side, verdict: HarmVerdict): void {
  const allowed: readonly HarmVerdict[] = VERDICTS_OF[side]
  if (allowed.includes(verdict)) return
  throw new Failure(
    'invalid',
    'harm.verdict-other-side',
    `An answer to ${side === 'harm' ? 'a request for harm' : 'a harmless question'} is one of ${allowed.join(', ')}, not ${verdict}.`,
  )
}
