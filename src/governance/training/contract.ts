/** Routes of training: records, modules with their quiz, paths, who is to learn, and how far they are. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { DutyGap, GroupState, LearnerState } from './completion.ts'
import { Marked, ServedModule } from './module.ts'
import { TrainingPolicy } from './policy.ts'
import { TrainingRecord, TrainingRecordId } from './record.ts'

const People = z.array(z.string().trim().min(1).max(200)).max(10_000)

export const Training = z.object({
  groups: z.array(GroupState),
  learners: z.array(LearnerState),
  /** Duties whose holder has not learnt for them. */
  gaps: z.array(DutyGap),
  /** What a gap does: `warn` or `block`. */
  onGap: z.enum(['warn', 'block']),
})
export type Training = z.infer<typeof Training>

export const listTrainingRecords = route({
  name: 'listTrainingRecords',
  method: 'GET',
  path: '/api/v1/training-records',
  summary: 'List training records, of one person or of all',
  permission: 'view',
  query: Page.extend({ cursor: TrainingRecordId.optional(), person: z.string().optional() }),
  returns: { 200: pageOf(TrainingRecord) },
})

export const importTrainingRecords = route({
  name: 'importTrainingRecords',
  method: 'POST',
  path: '/api/v1/training-records/imports',
  summary: 'Import training records from CSV (person, module, score, date) or JSON; all or none',
  permission: 'attest',
  maxBodyBytes: 16 * 1024 * 1024,
  body: z.strictObject({ content: z.string().min(1), example: z.boolean().default(false) }),
  returns: { 201: z.object({ imported: z.number().int() }) },
})

export const listTrainingModules = route({
  name: 'listTrainingModules',
  method: 'GET',
  path: '/api/v1/training-modules',
  summary: 'List the modules that come with the program, and what the caller has passed',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(ServedModule.extend({ isPassed: z.boolean() })) }) },
})

export const takeQuiz = route({
  name: 'takeQuiz',
  method: 'POST',
  path: '/api/v1/training-modules/:id/attempts',
  summary: 'Answer the questions of a module; the score becomes a training record of the caller',
  permission: 'view',
  params: z.object({ id: z.string() }),
  body: z.strictObject({ answers: z.record(z.string(), z.number().int().min(0).max(20)) }),
  example: { answers: { demo: 1, missing: 2, change: 0, pilot: 1, back: 1 } },
  returns: {
    201: z.object({ score: z.number(), isPassed: z.boolean(), marked: z.array(Marked), record: TrainingRecord }),
  },
})

export const getTrainingPolicy = route({
  name: 'getTrainingPolicy',
  method: 'GET',
  path: '/api/v1/training-policy',
  summary: 'Read the learning paths, what each duty needs, and what a gap does',
  permission: 'view',
  mcp: true,
  returns: { 200: TrainingPolicy },
})

export const putTrainingPolicy = route({
  name: 'putTrainingPolicy',
  method: 'PUT',
  path: '/api/v1/training-policy',
  summary: 'Set the learning paths, what each duty needs, and what a gap does',
  permission: 'administer',
  body: TrainingPolicy,
  returns: { 200: TrainingPolicy },
})

export const getTrainingCompletion = route({
  name: 'getTrainingCompletion',
  method: 'GET',
  path: '/api/v1/training-completion',
  summary: 'How many of each group have finished, over all applications',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ groups: z.array(GroupState) }) },
})

export const getApplicationTraining = route({
  name: 'getApplicationTraining',
  method: 'GET',
  path: '/api/v1/applications/:name/training',
  summary: 'Who is to learn for an application, who has, and which duties are held without',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: Training },
})

export const putLearners = route({
  name: 'putLearners',
  method: 'PUT',
  path: '/api/v1/applications/:name/learners',
  summary: 'Name the users of an application and those who oversee it',
  permission: 'build',
  params: z.object({ name: Name }),
  body: z.strictObject({ users: People, overseers: People }),
  example: { users: ['Uma User'], overseers: ['Otto Overseer'] },
  returns: { 200: Training },
})
