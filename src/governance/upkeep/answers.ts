/** What reviews and the plan of the end say to `prod.review` and `prod.retire`. Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { DAY, type Instant } from '../../kernel/time.ts'
import { Retirement, retirementGaps } from '../documents/retirement.ts'
import type { Known } from './due.ts'
import { type Review, unsaidParts } from './review.ts'

type Said = Omit<EvidenceDraft, 'release'>

export function reviewDraft(review: Review): Said {
  const unsaid = unsaidParts(review)
  return {
    application: review.application,
    check: 'prod.review',
    summary: `${review.decision === null ? 'Nothing was decided' : `It was decided to ${review.decision} it`}: ${review.reasons}${unsaid.length > 0 ? ` Nobody said anything of: ${unsaid.join(', ')}.` : ''}`,
    facts: { reviewed: { value: unsaid.length === 0 }, decided: { value: review.decision !== null } },
    inputs: [],
    producer: { name: 'governance/review', version: '1' },
    trust: 'attested',
    by: review.by,
    duty: 'business-owner',
    source: `review ${review.id}`,
    example: review.example,
  }
}

type Given = { documents: Application['documents']; models: Known['models']; now: Instant }

/** Days are null where no end of a hosted model is known: nobody knows is not never. */
export function retirementDraft(about: { application: string; by: ActorId }, { documents, models, now }: Given): Said {
  const document = documents.retirement
  const plan = Retirement.safeParse(document?.value).data
  const gaps = plan ? retirementGaps(plan) : ['all of it']
  const known = models.flatMap(({ model, endsOn }) => (endsOn === null ? [] : [{ model, endsOn }]))
  const first = [...known].sort((one, other) => one.endsOn.localeCompare(other.endsOn))[0]
  const days = first ? Math.floor((Date.parse(first.endsOn) - Date.parse(now)) / DAY) : null
  // A release that asks no hosted model waits for nobody's end.
  const value = models.length === 0 ? NO_END_DAYS : days
  return {
    ...about,
    check: 'prod.retire',
    summary: [
      gaps.length === 0 ? 'There is a plan of the end.' : `The plan of the end lacks ${gaps.join(', ')}.`,
      models.length === 0
        ? 'It asks no hosted model.'
        : first
          ? `${first.model} ends on ${first.endsOn}, in ${days} days.`
          : `Nobody knows when ${models.map(({ model }) => model).join(', ')} ends.`,
    ].join(' '),
    facts: {
      daysToModelEnd: { value, unit: 'days', n: models.length },
      planExists: { value: gaps.length === 0 },
    },
    inputs: document ? [{ kind: 'document', name: 'retirement', digest: document.digest }] : [],
    producer: { name: 'governance/retirement', version: '1' },
    trust: 'measured',
    example: plan?.example ?? false,
  }
}

/** A hundred years: longer than anything here lasts. */
const NO_END_DAYS = 36_500
