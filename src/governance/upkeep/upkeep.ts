/**
 * Upkeep: what has to be done by which day, the quarterly review, and the plan of the end. It answers `prod.review` when
 * a review is signed, and `prod.retire` from the plan and the ends of models.
 *
 * Invariant: no date is typed; each follows from a record, so that it moves when the record does.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { dutiesOf, means, type Person } from '../../core/duties.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { type EvidenceDoor, saySteadily } from '../recount.ts'
import { retirementDraft, reviewDraft } from './answers.ts'
import { calendarOf } from './calendar.ts'
import { entriesOf, inOrder, type Known } from './due.ts'
import type { ServedEntry, UpkeepEntry } from './entry.ts'
import { reviewPlaces } from './personal.ts'
import {
  REVIEW_PARTS,
  type Review,
  type ReviewAction,
  type ReviewId,
  type ReviewPart,
  type ReviewSheet,
} from './review.ts'
import { type Beside, sheetOf } from './sheet.ts'
import { addReview, changeReview, listReviews, lockReview } from './store.ts'

export type UpkeepDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> &
  EvidenceDoor & {
    readonly systemActor: ActorId
    readonly publicUrl: () => string
    readonly applications: () => Promise<readonly Pick<Application, 'name' | 'documents' | 'createdAt'>[]>
    /** What slices know of each of these applications, but for its reviews. */
    readonly knownOf: (
      applications: readonly Pick<Application, 'name' | 'documents' | 'createdAt'>[],
    ) => Promise<Omit<Known, 'reviews'>[]>
    /** What concerns no single application: keys, tasks about models, records that expire. */
    readonly others: () => Promise<readonly UpkeepEntry[]>
    readonly planOf: (application: string) => Promise<Parameters<typeof sheetOf>[0]>
    readonly beside: (application: string) => Promise<Beside>
    readonly modelsOf: (application: string) => Promise<Known['models']>
  }

type Given = {
  readonly notes: { readonly [Part in ReviewPart]?: string | undefined }
  readonly decision: 'keep' | 'change' | 'retire'
  readonly reasons: string
  readonly people: readonly string[]
  readonly actions: readonly Omit<ReviewAction, 'doneAt'>[]
  readonly example: boolean
}

export type Upkeep = ReturnType<typeof createUpkeep>

export function createUpkeep(deps: UpkeepDeps) {
  const { db, clock, newId, organisation, publish } = deps

  async function list(application?: string): Promise<ServedEntry[]> {
    const all = application === undefined ? await deps.applications() : [await deps.applicationOf(application)]
    const reviews = await listReviews(db, { organisation, application })
    const entries: UpkeepEntry[] = []
    for (const known of await deps.knownOf(all))
      entries.push(
        ...entriesOf({ ...known, reviews: reviews.filter((review) => review.application === known.application) }),
      )
    const others = await deps.others()
    const own = others.filter((one) => application === undefined || one.application === application)
    return inOrder([...entries, ...own], clock())
  }

  const sheet = async (application: string): Promise<ReviewSheet> =>
    sheetOf(await deps.planOf(application), await deps.beside(application), clock())

  const retirement = async (about: { application: string; by: ActorId }, documents: Application['documents']) =>
    retirementDraft(about, { documents, models: await deps.modelsOf(about.application), now: clock() })

  return {
    list,
    sheet,
    calendar: async (application?: string) =>
      calendarOf(await list(application), { now: clock(), baseUrl: deps.publicUrl() }),
    async reviews(application: string): Promise<Review[]> {
      await deps.applicationOf(application)
      return listReviews(db, { organisation, application })
    },

    /** Signed by whoever holds the duty of the business owner; the figures of the moment are kept with it. */
    async hold(application: string, given: Given, by: Person & { id: ActorId }): Promise<Review> {
      const { documents } = await deps.applicationOf(application)
      const holder = dutiesOf(documents)['business-owner']
      if (!means(holder, by))
        throw new Failure(
          'forbidden',
          'governance.review-not-yours',
          holder
            ? `${holder} is the business owner of ${application} and signs its review.`
            : `Nobody is business owner of ${application}. Name one under duties in airworthy.yaml.`,
        )
      const review: Review = {
        id: newId('rev'),
        organisation,
        application,
        heldAt: clock(),
        sheet: await sheet(application),
        ...{ decision: given.decision, reasons: given.reasons, people: [...given.people], example: given.example },
        notes: Object.fromEntries(REVIEW_PARTS.map((part) => [part, given.notes[part] ?? ''])) as Review['notes'],
        actions: given.actions.map((action) => ({ ...action, doneAt: null })),
        by: by.id,
      }
      const release = await deps.standingRelease(application)
      await inTransaction(db, async (tx) => {
        await addReview(tx, review)
        const detail = { decision: review.decision }
        await deps.record(tx, { actor: by.id, action: 'governance.review', subject: review.id, application, detail })
        await deps.recordEvidence(tx, { ...reviewDraft(review), release })
      })
      publish({ topic: 'review', id: review.id, application })
      publish({ topic: 'evidence', id: 'prod.review', application })
      return review
    },

    async finish(id: ReviewId, action: number, caller: Caller): Promise<Review> {
      const done = await inTransaction(db, async (tx) => {
        const before = await lockReview(tx, { organisation, id })
        if (before) demandApplication(caller, before.application)
        if (!before?.actions[action])
          throw new Failure('unknown', 'governance.action-unknown', `There is no action ${action} of a review ${id}.`)
        const actions = before.actions.map((one, at) =>
          at === action ? { ...one, doneAt: one.doneAt ?? clock() } : one,
        )
        const after = { ...before, actions }
        await changeReview(tx, after)
        const entry = { actor: caller.actor, action: 'governance.review-action', subject: id }
        await deps.record(tx, { ...entry, application: before.application, detail: { action } })
        return after
      })
      publish({ topic: 'review', id, application: done.application })
      return done
    },

    /** Days go by without anybody's doing; called now and then. */
    async tick(): Promise<void> {
      for (const { name, documents } of await deps.applications())
        if (documents.retirement)
          await saySteadily(deps, await retirement({ application: name, by: deps.systemActor }, documents), clock())
    },

    producer: {
      name: 'governance/retirement',
      checks: ['prod.retire'],
      quote: async () => FREE,
      run: async ({ release, application: { documents }, by }) => [
        { ...(await retirement({ application: release.application, by }, documents)), release: release.id },
      ],
    } satisfies Producer,

    personalPlaces: reviewPlaces(db, organisation),
  }
}
