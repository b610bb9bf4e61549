/**
 * Shortlists: what was needed, which models were held against it, and why each one fell out, kept as it was that day.
 *
 * Invariant: nobody vanishes. Every model that was looked at stays on the list with its outcome and its reasons, and a
 * decision accounts for each one that was not chosen.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ModelComparison, Shortlist, ShortlistId } from './contract.ts'
import { type Candidate, type Criteria, judgeAll, type Known } from './criteria.ts'
import { decisionText } from './decision-text.ts'
import { ownFiguresOf } from './own-figures.ts'
import { addShortlist, changeShortlist, findShortlist, listShortlistRows, lockShortlist } from './store.ts'
import { type Weights, weigh } from './weighing.ts'

export type ComparisonAsk = {
  application: string
  suite: string
  reference?: string | undefined
  efforts: Shortlist['efforts']
}

export type ShortlistsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** Every known model, with what the rules say of the use. */
  readonly known: (use: Criteria['use']) => readonly Known[]
  /** From experiments that ran. */
  readonly compare: (ask: ComparisonAsk) => Promise<ModelComparison>
  /** Ids of experiments of an application that have ended well, the newest first. */
  readonly experimentsOf: (application: string) => Promise<readonly string[]>
}

export type Shortlists = ReturnType<typeof createShortlists>

export function createShortlists({
  db,
  clock,
  newId,
  organisation,
  record,
  publish,
  known,
  compare,
  experimentsOf,
}: ShortlistsDeps) {
  async function search(criteria: Criteria): Promise<Candidate[]> {
    const { measured } = criteria
    const own = measured && ownFiguresOf(await compare({ ...measured, efforts: [] }))
    return judgeAll(known(criteria.use), criteria, own)
  }

  async function get(id: ShortlistId): Promise<Shortlist> {
    const found = await findShortlist(db, id)
    if (found?.organisation === organisation) return found
    throw unknownShortlist(id)
  }

  async function change(
    id: ShortlistId,
    { by, action, detail }: { by: ActorId; action: string; detail: Record<string, unknown> },
    next: (before: Shortlist) => Shortlist,
  ): Promise<Shortlist> {
    const changed = await inTransaction(db, async (tx) => {
      const before = await lockShortlist(tx, id)
      if (before?.organisation !== organisation) throw unknownShortlist(id)
      const after = next(before)
      await changeShortlist(tx, id, after)
      await record(tx, { actor: by, action, subject: id, application: before.application, detail })
      return after
    })
    publish({ topic: 'model-shortlist', id, application: changed.application })
    return changed
  }

  async function weighedFor(
    { application, efforts, id }: Shortlist,
    { suite, weights }: { suite: string; weights: Weights },
  ) {
    if (application === null)
      throw new Failure(
        'invalid',
        'models.shortlist-without-application',
        `${id} belongs to no application, so there are no cases to weigh by. Leave \`weighing\` out, or make a shortlist for an application.`,
      )
    const { items, better } = await compare({ application, suite, efforts })
    return { suite, ...weigh(items, weights, better) }
  }

  return {
    search,
    get,

    list: (filter: { application?: string | undefined; cursor?: ShortlistId | undefined; limit: number }) =>
      listShortlistRows(db, { ...filter, organisation }),

    async create(
      { title, application, criteria }: { title: string; application?: string | undefined; criteria: Criteria },
      by: ActorId,
    ): Promise<Shortlist> {
      const shortlist: Shortlist = {
        id: newId('msl'),
        organisation,
        title,
        application: application ?? null,
        criteria,
        candidates: await search(criteria),
        eliminations: [],
        efforts: [],
        decision: null,
        createdBy: by,
        createdAt: clock(),
      }
      await inTransaction(db, async (tx) => {
        await addShortlist(tx, shortlist)
        const kept = shortlist.candidates.filter(({ outcome }) => outcome !== 'eliminated').length
        const detail = { title, looked: shortlist.candidates.length, left: kept }
        await record(tx, {
          actor: by,
          action: 'models.create-shortlist',
          subject: shortlist.id,
          application: shortlist.application,
          detail,
        })
      })
      publish({ topic: 'model-shortlist', id: shortlist.id, application: shortlist.application })
      return shortlist
    },

    eliminate: (id: ShortlistId, { model, reason }: { model: string; reason: string }, by: ActorId) =>
      change(id, { by, action: 'models.eliminate', detail: { model, reason } }, (before) => {
        demandOpen(before)
        demandLeft(before, model)
        return { ...before, eliminations: [...before.eliminations, { model, reason, by, at: clock() }] }
      }),

    reckon: (id: ShortlistId, effort: { model: string; setUpHours: number; hoursPerMonth: number }, by: ActorId) =>
      change(id, { by, action: 'models.reckon-effort', detail: effort }, (before) => {
        demandListed(before, effort.model)
        const others = before.efforts.filter(({ model }) => model !== effort.model)
        return { ...before, efforts: [...others, { ...effort, by, at: clock() }] }
      }),

    async decide(
      id: ShortlistId,
      ask: {
        chosen: string
        reasons: string[]
        alternatives: { model: string; reason: string }[]
        dissent?: string | undefined
        revisitWhen?: string | undefined
        weighing?: { suite: string; weights: Weights } | undefined
      },
      by: ActorId,
    ) {
      const weighing = ask.weighing ? await weighedFor(await get(id), ask.weighing) : null
      return change(
        id,
        { by, action: 'models.decide-shortlist', detail: { chosen: ask.chosen, reasons: ask.reasons } },
        (before) => {
          demandOpen(before)
          demandLeft(before, ask.chosen)
          const at = clock()
          for (const { model } of ask.alternatives) demandLeft(before, model)
          const eliminations = [
            ...before.eliminations,
            ...ask.alternatives.filter(({ model }) => model !== ask.chosen).map((one) => ({ ...one, by, at })),
          ]
          const silent = leftOf({ ...before, eliminations }).filter((model) => model !== ask.chosen)
          if (silent.length > 0)
            throw new Failure(
              'conflict',
              'models.alternatives-open',
              `Nobody says yet why it is not ${silent.join(', ')}. Give a reason for each under alternatives, or eliminate them first.`,
              {
                problems: silent.map((model) => ({
                  field: `alternatives.${model}`,
                  message: 'there is no reason why it was not chosen',
                })),
              },
            )
          const { chosen, reasons, dissent = null, revisitWhen = null } = ask
          return { ...before, eliminations, decision: { chosen, reasons, dissent, revisitWhen, weighing, by, at } }
        },
      )
    },

    async decisionFile(id: ShortlistId) {
      const shortlist = await get(id)
      const experiments = shortlist.application === null ? [] : await experimentsOf(shortlist.application)
      return { file: 'decision.yaml' as const, content: decisionText(shortlist, experiments) }
    },

    async weigh({
      weights,
      shortlist,
      ...ask
    }: {
      application: string
      suite: string
      weights: Weights
      shortlist?: ShortlistId | undefined
    }) {
      const efforts = shortlist === undefined ? [] : (await get(shortlist)).efforts
      const { items, better } = await compare({ ...ask, efforts })
      return weigh(items, weights, better)
    },

    async compare({
      shortlist,
      ...ask
    }: Omit<ComparisonAsk, 'efforts'> & { shortlist?: ShortlistId | undefined }): Promise<ModelComparison> {
      const efforts = shortlist === undefined ? [] : (await get(shortlist)).efforts
      return compare({ ...ask, efforts })
    },
  }
}

/** Those that neither the criteria nor a person has taken off. */
export const leftOf = ({ candidates, eliminations }: Shortlist): string[] =>
  candidates
    .filter(({ outcome, model }) => outcome !== 'eliminated' && !eliminations.some((one) => one.model === model))
    .map(({ model }) => model)

function demandListed({ candidates, id }: Shortlist, model: string): void {
  if (candidates.some((one) => one.model === model)) return
  throw new Failure(
    'invalid',
    'models.not-on-shortlist',
    `${model} was not looked at in ${id}. Make a shortlist in which it is.`,
  )
}

function demandLeft(shortlist: Shortlist, model: string): void {
  demandListed(shortlist, model)
  if (leftOf(shortlist).includes(model)) return
  throw new Failure('conflict', 'models.eliminated-already', `${model} was eliminated already, with its reason.`)
}

function demandOpen({ decision, id }: Shortlist): void {
  if (decision === null) return
  throw new Failure(
    'conflict',
    'models.shortlist-decided',
    `${id} is decided: ${decision.chosen}. Make another shortlist to decide anew.`,
  )
}

const unknownShortlist = (id: string) =>
  new Failure('unknown', 'models.shortlist-unknown', `There is no shortlist ${id}.`)
