/** The calendar of upkeep, computed from what slices know. Pure. */
import { DAY, type Instant, later } from '../../kernel/time.ts'
import type { ServedEntry, UpkeepEntry } from './entry.ts'
import type { Review } from './review.ts'

/** What is known of one application, as those who know it say. */
export type Known = {
  readonly application: string
  readonly since: Instant
  readonly isInProduction: boolean
  readonly models: readonly { readonly model: string; readonly endsOn: string | null }[]
  readonly waivers: readonly {
    readonly id: string
    readonly check: string
    readonly until: Instant
    readonly release: string
  }[]
  /** The newest piece of evidence for each check, with how long it holds. */
  readonly evidence: readonly {
    readonly id: string
    readonly check: string
    readonly at: Instant
    readonly maxAgeDays: number
  }[]
  readonly reviews: readonly Review[]
  readonly deadlines: readonly { readonly incident: string; readonly title: string; readonly dueAt: Instant }[]
  readonly pilotStartsOn: string | null
  readonly endsOn: string | null
}

const REVIEW_DAYS = 92

const dayOf = (at: Instant): string => at.slice(0, 10)
const after = (at: Instant, days: number): string => dayOf(later(at, days * DAY))

export function entriesOf(known: Known): UpkeepEntry[] {
  const { application } = known
  const entry = (given: Omit<UpkeepEntry, 'application'>): UpkeepEntry => ({ ...given, application })
  const page = `/applications/${application}`
  return [
    ...known.models.flatMap(({ model, endsOn }) =>
      endsOn === null
        ? []
        : [
            entry({
              ...{ id: `model-ends ${application} ${model}`, kind: 'model-ends', on: endsOn },
              title: `${model} ends`,
              todo: 'Find another model, measure it on your cases, and bring it through the gates before this day.',
              href: `/models/${encodeURIComponent(model)}`,
            }),
          ],
    ),
    ...known.waivers.map(({ id, check, until, release }) =>
      entry({
        ...{ id: `waiver-ends ${id}`, kind: 'waiver-ends', on: dayOf(until) },
        title: `The waiver of ${check} ends`,
        todo: `Meet ${check}, or ask for another waiver; without one the gate holds again.`,
        href: `/releases/${release}`,
      }),
    ),
    ...known.evidence.map(({ id, check, at, maxAgeDays }) =>
      entry({
        ...{ id: `evidence-ages ${application} ${check}`, kind: 'evidence-ages', on: after(at, maxAgeDays) },
        title: `The answer to ${check} grows old`,
        todo: `Answer ${check} again: run the gate, or attest it anew.`,
        href: `/evidence/${id}`,
      }),
    ),
    ...reviewEntries(known).map(entry),
    ...known.deadlines.map(({ incident, title, dueAt }) =>
      entry({
        ...{ id: `incident-deadline ${incident} ${title}`, kind: 'incident-deadline', on: dayOf(dueAt), title },
        todo: `Due at ${dueAt.slice(11, 16)} UTC. Report it, or say why it is not due.`,
        href: `/incidents/${incident}`,
      }),
    ),
    ...(known.pilotStartsOn === null
      ? []
      : [
          entry({
            ...{ id: `pilot-begins ${application}`, kind: 'pilot-begins', on: known.pilotStartsOn },
            title: 'The pilot begins',
            todo: 'What ends it must be written down by this day.',
            href: `${page}/pilot`,
          }),
        ]),
    ...(known.endsOn === null
      ? []
      : [
          entry({
            ...{ id: `application-ends ${application}`, kind: 'application-ends', on: known.endsOn },
            title: `${application} ends`,
            todo: 'Tell its users, delete its data, keep its records, as the plan of the end says.',
            href: `${page}/upkeep`,
          }),
        ]),
  ]
}

/** Once in production it is reviewed each quarter; what was agreed in the newest review is due on its day. */
function reviewEntries({ application, since, isInProduction, reviews }: Known): Omit<UpkeepEntry, 'application'>[] {
  const [newest] = [...reviews].sort((one, other) => other.heldAt.localeCompare(one.heldAt))
  const from = newest?.heldAt ?? since
  const href = `/applications/${application}/upkeep`
  return [
    ...(isInProduction
      ? [
          {
            ...{ id: `review-due ${application}`, kind: 'review-due' as const, on: after(from, REVIEW_DAYS) },
            title: 'The quarterly review is due',
            ...{
              todo: 'Go through KPIs, risks, access, waivers and cost, and decide to keep, change or retire.',
              href,
            },
          },
        ]
      : []),
    ...reviews.flatMap(({ id, actions }) =>
      actions.flatMap(({ text, owner, dueOn, doneAt }, at) =>
        dueOn === null || doneAt !== null
          ? []
          : [
              {
                ...{ id: `action-due ${id} ${at}`, kind: 'action-due' as const, on: dueOn, title: text },
                ...{ todo: `${owner} sees to it, as the review agreed.`, href },
              },
            ],
      ),
    ),
  ]
}

/** The nearest first, what is over before it. */
export const inOrder = (entries: readonly UpkeepEntry[], now: Instant): ServedEntry[] =>
  entries
    .map((one) => {
      const inDays = Math.round((Date.parse(one.on) - Date.parse(dayOf(now))) / DAY)
      return { ...one, inDays, isOverdue: inDays < 0 }
    })
    .sort((one, other) => one.on.localeCompare(other.on) || one.id.localeCompare(other.id))
