/** Routes of trials: what is tried, links to the form, what people said, and the form itself, which takes no key. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { TrialReport } from './report.ts'
import { GivenTask, TaskResult, Trial, TrialAnswer, TrialId, TrialLink, TrialLinkId } from './trial.ts'

const one = z.object({ id: TrialId })
const Token = z.string().min(1).max(200)
/** What a person says; larger bodies are no answer. */
const FORM_BYTES = 64 * 1024

const Said = z.strictObject({
  rating: z.number().int().min(1).max(5),
  comment: z.string().trim().max(4000).nullable().default(null),
  results: z.array(TaskResult).max(50).default([]),
  /** Without it nothing is taken. */
  consent: z.literal(true, 'say yes to what is asked first; without that nothing is kept'),
})
export type Said = z.infer<typeof Said>

const ShownLink = TrialLink.omit({ fingerprint: true })
const ShownAnswer = TrialAnswer.omit({ withdrawal: true, consentDigest: true })

export const ServedTrial = z.object({ trial: Trial, report: TrialReport })
export type ServedTrial = z.infer<typeof ServedTrial>

export const listTrials = route({
  name: 'listTrials',
  method: 'GET',
  path: '/api/v1/applications/:name/trials',
  summary: 'List the trials of an application with their results, newest first; themes without quotes',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(ServedTrial) }) },
})

export const createTrial = route({
  name: 'createTrial',
  method: 'POST',
  path: '/api/v1/applications/:name/trials',
  summary: 'Begin a trial: its tasks, what people agree to, and for how long what they say is kept',
  permission: 'build',
  params: z.object({ name: Name }),
  body: z.strictObject({
    title: z.string().trim().min(3).max(200),
    release: ReleaseId.nullable().default(null),
    tasks: z
      .array(GivenTask)
      .max(30)
      .default([])
      .refine((tasks) => new Set(tasks.map(({ id }) => id)).size === tasks.length, 'each task has an id of its own'),
    consent: z.string().trim().min(20, 'say in at least 20 characters what people agree to').max(5000),
    retentionDays: z.number().int().min(1).max(730).default(90),
    example: z.boolean().default(false),
  }),
  returns: { 201: ServedTrial },
})

export const getTrial = route({
  name: 'getTrial',
  method: 'GET',
  path: '/api/v1/trials/:id',
  summary: 'Read a trial with its links and every answer',
  permission: 'attest',
  params: one,
  returns: { 200: ServedTrial.extend({ links: z.array(ShownLink), answers: z.array(ShownAnswer) }) },
})

export const closeTrial = route({
  name: 'closeTrial',
  method: 'POST',
  path: '/api/v1/trials/:id/end',
  summary: 'End a trial: its links take no answer any more, and the time runs after which names and comments go',
  permission: 'build',
  params: one,
  returns: { 200: ServedTrial },
})

export const createTrialLinks = route({
  name: 'createTrialLinks',
  method: 'POST',
  path: '/api/v1/trials/:id/links',
  summary: 'Make links to the form: one for each person, good once; or one for many, with how often it may be used',
  permission: 'build',
  params: one,
  body: z.strictObject({
    people: z.array(z.string().trim().min(1).max(200)).max(500).default([]),
    /** One link for many people. */
    shared: z
      .strictObject({ label: z.string().trim().min(1).max(200), mostUses: z.number().int().min(2).max(1000) })
      .optional(),
  }),
  example: { people: ['Uma User'] },
  returns: { 201: z.object({ links: z.array(ShownLink.extend({ url: z.string() })) }) },
})

export const revokeTrialLink = route({
  name: 'revokeTrialLink',
  method: 'DELETE',
  path: '/api/v1/trials/:id/links/:link',
  summary: 'Take a link back; what came by it stays',
  permission: 'build',
  params: one.extend({ link: TrialLinkId }),
  returns: { 200: ServedTrial },
})

export const recordInterview = route({
  name: 'recordInterview',
  method: 'POST',
  path: '/api/v1/trials/:id/interviews',
  summary: 'Write down what somebody said in a talk, with their consent',
  permission: 'attest',
  params: one,
  body: Said.extend({ who: z.string().trim().max(200).nullable().default(null) }),
  returns: { 201: ServedTrial },
})

export const readFeedbackForm = route({
  name: 'readFeedbackForm',
  method: 'POST',
  path: '/api/v1/feedback-forms/readings',
  summary: 'What a link asks, and what one agrees to',
  permission: 'open',
  maxBodyBytes: FORM_BYTES,
  body: z.strictObject({ token: Token }),
  returns: {
    200: z.object({
      title: z.string(),
      application: Name,
      tasks: z.array(GivenTask),
      consent: z.string(),
      retentionDays: z.number().int(),
      isShared: z.boolean(),
    }),
  },
})

export const answerFeedbackForm = route({
  name: 'answerFeedbackForm',
  method: 'POST',
  path: '/api/v1/feedback-forms/answers',
  summary: 'Say how it went; the answer gives back a text with which it can be taken back',
  permission: 'open',
  maxBodyBytes: FORM_BYTES,
  body: Said.extend({ token: Token }),
  returns: { 201: z.object({ withdrawal: z.string(), keptUntilDaysAfterEnd: z.number().int(), at: Instant }) },
})

export const withdrawFeedback = route({
  name: 'withdrawFeedback',
  method: 'POST',
  path: '/api/v1/feedback-forms/withdrawals',
  summary: 'Take an answer back; it is deleted',
  permission: 'open',
  maxBodyBytes: FORM_BYTES,
  body: z.strictObject({ withdrawal: Token }),
  returns: { 200: z.object({ deleted: z.literal(true) }) },
})
