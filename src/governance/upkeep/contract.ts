/** Routes of upkeep: the calendar, also as a file for calendars, and quarterly reviews. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { ServedEntry } from './entry.ts'
import { Review, ReviewAction, ReviewId, ReviewSheet } from './review.ts'

const application = z.object({ name: Name })
const Note = z.string().trim().max(5000).optional()

export const listUpkeep = route({
  name: 'listUpkeep',
  method: 'GET',
  path: '/api/v1/upkeep',
  summary: 'What has to be done by which day, the nearest first: ends of models, keys, waivers, old answers, reviews',
  permission: 'view',
  mcp: true,
  query: z.object({ application: Name.optional() }),
  returns: { 200: z.object({ items: z.array(ServedEntry) }) },
})

export const exportUpkeep = route({
  name: 'exportUpkeep',
  method: 'GET',
  path: '/api/v1/upkeep.ics',
  summary: 'The same as a file for calendars (iCalendar, RFC 5545)',
  permission: 'view',
  query: z.object({ application: Name.optional() }),
  gives: ['text/calendar'],
  raw: 'bytes',
  returns: { 200: null },
})

export const getReviewSheet = route({
  name: 'getReviewSheet',
  method: 'GET',
  path: '/api/v1/applications/:name/review-sheet',
  summary: 'What a review has before it today: KPIs, risks, access, waivers and cost, in sentences',
  permission: 'view',
  mcp: true,
  params: application,
  returns: { 200: ReviewSheet },
})

export const listReviews = route({
  name: 'listReviews',
  method: 'GET',
  path: '/api/v1/applications/:name/reviews',
  summary: 'List the quarterly reviews of an application, newest first',
  permission: 'view',
  mcp: true,
  params: application,
  returns: { 200: z.object({ items: z.array(Review) }) },
})

export const holdReview = route({
  name: 'holdReview',
  method: 'POST',
  path: '/api/v1/applications/:name/reviews',
  summary: 'Sign a quarterly review as business owner: what was said of each part, and what was decided',
  permission: 'attest',
  approval: 'word',
  params: application,
  body: z.strictObject({
    notes: z.strictObject({ kpis: Note, risks: Note, access: Note, waivers: Note, cost: Note }),
    decision: z.enum(['keep', 'change', 'retire']),
    reasons: z.string().trim().min(10, 'give the reasons in at least 10 characters').max(5000),
    people: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
    actions: z
      .array(
        ReviewAction.omit({ doneAt: true }).extend({
          text: z.string().trim().min(3).max(500),
          owner: z.string().trim().min(2).max(200),
        }),
      )
      .max(50)
      .default([]),
    example: z.boolean().default(false),
  }),
  returns: { 201: Review },
})

export const finishReviewAction = route({
  name: 'finishReviewAction',
  method: 'POST',
  path: '/api/v1/reviews/:id/actions/:action/end',
  summary: 'Say that what a review agreed is done',
  permission: 'build',
  params: z.object({ id: ReviewId, action: z.coerce.number().int().min(0).max(50) }),
  returns: { 200: Review },
})
