/**
 * Rounds of choosing and adapting a model: what was looked at, measured and tuned in each, what came of it, and what
 * led to the next.
 *
 * Invariants: an application has one open round at a time; every round but the first says what led to it; a step is
 * kept as it stood and never changed; a round that is closed takes no further steps.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { isDuplicate } from '../../store/database-error.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { leftOf, type Shortlists } from '../shortlists/index.ts'
import type { ModelRound, ModelRoundId, RoundStep, StepAsk, TuningStep } from './contract.ts'
import { roundsText } from './rounds-text.ts'
import { addRound, changeRound, findRound, listRoundRows, lockRound } from './store.ts'

export type RoundsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly shortlists: Pick<Shortlists, 'get' | 'compare' | 'weigh'>
  /** A tuning that ended, with its application. Throws for one that is unknown or has not ended. */
  readonly tunedOf: (id: string) => Promise<Omit<TuningStep, 'kind'> & { application: string }>
  /** Throws for an application that is unknown. */
  readonly demandApplication: (name: string) => Promise<unknown>
  /** The application of a release. Throws for one that is unknown. */
  readonly applicationOf: (release: ModelRoundRelease) => Promise<string>
}
type ModelRoundRelease = NonNullable<Extract<StepAsk, { kind: 'adaptation' }>['release']>
type Name = ModelRound['application']
type Unkept = { [Kind in RoundStep['kind']]: Omit<Extract<RoundStep, { kind: Kind }>, 'by' | 'at'> }[RoundStep['kind']]

export type Rounds = ReturnType<typeof createRounds>

export function createRounds(deps: RoundsDeps) {
  const { db, clock, newId, organisation, record, publish, shortlists } = deps

  async function get(id: ModelRoundId): Promise<ModelRound> {
    const found = await findRound(db, id)
    if (found?.organisation === organisation) return found
    throw unknownRound(id)
  }

  async function change(
    id: ModelRoundId,
    { by, action, detail }: { by: ActorId; action: string; detail: Record<string, unknown> },
    next: (before: ModelRound) => ModelRound,
  ): Promise<ModelRound> {
    const changed = await inTransaction(db, async (tx) => {
      const before = await lockRound(tx, id)
      if (before?.organisation !== organisation) throw unknownRound(id)
      demandOpen(before)
      const after = next(before)
      await changeRound(tx, id, after)
      await record(tx, { actor: by, action, subject: id, application: before.application, detail })
      return after
    })
    publish({ topic: 'model-round', id, application: changed.application })
    return changed
  }

  /** What is asked for, as it stands now. */
  async function stepOf({ application }: ModelRound, ask: StepAsk): Promise<Unkept> {
    if (ask.kind === 'adaptation') {
      const { kind, what, release = null } = ask
      if (release !== null) demandOwn(application, await deps.applicationOf(release), release)
      return { kind, what, release }
    }
    if (ask.kind === 'tuning') {
      const { application: of, ...tuned } = await deps.tunedOf(ask.tuning)
      demandOwn(application, of, ask.tuning)
      return { kind: 'tuning', ...tuned }
    }
    if (ask.kind === 'shortlist') {
      const found = await shortlists.get(ask.shortlist)
      if (found.application !== null) demandOwn(application, found.application, ask.shortlist)
      const { title, candidates, decision } = found
      const chosen = decision?.chosen ?? null
      return {
        ...{ kind: 'shortlist', shortlist: ask.shortlist, title, looked: candidates.length, chosen },
        left: chosen === null ? leftOf(found) : [chosen],
      }
    }
    const { kind, weights, ...which } = ask
    const { suite, evaluator, unit, better, reference, items } = await shortlists.compare({ application, ...which })
    if (items.length === 0)
      throw new Failure(
        'unmet',
        'models.nothing-compared',
        `No experiment of the suite ${suite} has ended in ${application}, so nothing can be compared. Run the suite first.`,
      )
    const { shortlist } = which
    const weighing = weights ? await shortlists.weigh({ application, suite, shortlist, weights }) : null
    const figures = items.map((one) => {
      const { model, experiment, release, quality, difference, latencyMs, costPerTaskMicroUsd } = one
      return { model, experiment, release, quality, difference, latencyMs, costPerTaskMicroUsd }
    })
    return { kind, suite, evaluator, unit, better, reference, items: figures, weighing }
  }

  return {
    get,

    async list(application: string): Promise<ModelRound[]> {
      await deps.demandApplication(application)
      return listRoundRows(db, { organisation, application })
    },

    async open(
      application: Name,
      { title, ledBy }: { title: string; ledBy?: string | undefined },
      by: ActorId,
    ): Promise<ModelRound> {
      await deps.demandApplication(application)
      const round = await inTransaction(db, async (tx) => {
        const made = await openedBy(tx, { application, title, ledBy, by })
        const detail = { number: made.number, title, ledBy: made.ledBy }
        await record(tx, { actor: by, action: 'models.open-round', subject: made.id, application, detail })
        return made
      }).catch((thrown) => {
        throw isDuplicate(thrown) ? roundOpen('Another one') : thrown
      })
      publish({ topic: 'model-round', id: round.id, application })
      return round
    },

    async add(id: ModelRoundId, ask: StepAsk, by: ActorId): Promise<ModelRound> {
      const round = await get(id)
      demandOpen(round)
      const step = await stepOf(round, ask)
      return change(id, { by, action: 'models.add-to-round', detail: ask }, (before) => ({
        ...before,
        steps: [...before.steps, { ...step, by, at: clock() }],
      }))
    },

    close(
      id: ModelRoundId,
      {
        kind,
        model = null,
        reason,
      }: Pick<NonNullable<ModelRound['outcome']>, 'kind' | 'reason'> & { model?: string | undefined | null },
      by: ActorId,
    ): Promise<ModelRound> {
      if (kind === 'chosen' && model === null)
        throw new Failure('invalid', 'models.round-without-model', 'Say which model was chosen.', {
          problems: [{ field: 'model', message: 'is missing, and another one was chosen' }],
        })
      return change(id, { by, action: 'models.close-round', detail: { kind, model, reason } }, (before) => ({
        ...before,
        outcome: { kind, model, reason, by, at: clock() },
      }))
    },

    async paper(application: string) {
      await deps.demandApplication(application)
      const rounds = await listRoundRows(db, { organisation, application })
      return { file: 'model-rounds.md' as const, content: roundsText(application, rounds.toReversed()) }
    },
  }

  async function openedBy(
    tx: Tx,
    { application, title, ledBy, by }: { application: Name; title: string; ledBy: string | undefined; by: ActorId },
  ): Promise<ModelRound> {
    const [last] = await listRoundRows(tx, { organisation, application })
    if (last && last.outcome === null) throw roundOpen(`Round ${last.number} (${last.title})`)
    if (last && ledBy === undefined)
      throw new Failure(
        'invalid',
        'models.round-without-reason',
        `Say what led from round ${last.number} to this one.`,
        {
          problems: [{ field: 'ledBy', message: 'is missing, and this is not the first round' }],
        },
      )
    const round: ModelRound = {
      ...{ id: newId('mrd'), organisation, application, number: (last?.number ?? 0) + 1, title },
      ...{ ledBy: ledBy ?? null, steps: [], outcome: null, createdBy: by, createdAt: clock() },
    }
    await addRound(tx, round)
    return round
  }
}

function demandOwn(application: string, of: string, what: string): void {
  if (of === application) return
  throw new Failure(
    'invalid',
    'models.not-of-application',
    `${what} belongs to ${of}, and this round to ${application}.`,
  )
}

function demandOpen({ outcome, number }: ModelRound): void {
  if (outcome === null) return
  throw new Failure(
    'conflict',
    'models.round-closed',
    `Round ${number} is closed: ${outcome.kind}. Open another one, with what led to it.`,
  )
}

const roundOpen = (which: string) =>
  new Failure(
    'conflict',
    'models.round-open',
    `${which} is open. Close it with what came of it before another one begins.`,
  )

const unknownRound = (id: string) => new Failure('unknown', 'models.round-unknown', `There is no round ${id}.`)
