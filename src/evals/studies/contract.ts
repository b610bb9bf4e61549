/** Routes of studies: begin one, see how far it is, close it and read what people prefer. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { Agreement, QueueProgress } from '../annotation/index.ts'
import { ArmId } from '../arms/index.ts'
import { Study, StudyId, StudyPlan } from './study.ts'

export const StudyView = Study.extend({
  progress: QueueProgress,
  /** How far people agree, of pairs with two labels; it names no arm. */
  agreement: Agreement,
})
export type StudyView = z.infer<typeof StudyView>

export const createStudy = route({
  name: 'createStudy',
  method: 'POST',
  path: '/api/v1/studies',
  summary: 'Let people choose between two answers to the same question, blind to whose they are',
  permission: 'build',
  body: z.strictObject({
    /** Two to six arms of experiments on the same dataset, each as `exp_…:candidate`; the first is the reference. */
    arms: z.array(ArmId).min(2).max(6),
    name: z.string().min(1).max(200).default('Which answer is better?'),
    guidelines: z.string().min(1).max(20_000),
    /** The most cases that are drawn by chance. */
    most: z.number().int().min(1).max(2_000).default(100),
    /** The share of pairs that two people see. */
    doubleShare: z.number().min(0).max(1).default(0.3),
    /** Who chooses; empty for everybody who may attest. */
    reviewers: z.array(ActorId).max(100).default([]),
    isReferenceShown: z.boolean().default(false),
    margin: z.number().min(0).max(1).default(0.1),
    /** Says what it would take, and begins nothing. */
    dryRun: z.boolean().default(false),
  }),
  returns: {
    200: z.object({ kind: z.literal('plan'), plan: StudyPlan }),
    201: z.object({ kind: z.literal('begun'), study: Study }),
  },
})

export const listStudies = route({
  name: 'listStudies',
  method: 'GET',
  path: '/api/v1/studies',
  summary: 'Studies of what people prefer, the newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({ application: Name.optional() }),
  returns: { 200: pageOf(Study.extend({ progress: QueueProgress })) },
})

export const getStudy = route({
  name: 'getStudy',
  method: 'GET',
  path: '/api/v1/studies/:id',
  summary: 'One study: how far it is and how far people agree; what they prefer once it is closed',
  permission: 'view',
  mcp: true,
  params: z.object({ id: StudyId }),
  returns: { 200: StudyView },
})

export const closeStudy = route({
  name: 'closeStudy',
  method: 'POST',
  path: '/api/v1/studies/:id/close',
  summary: 'Take no more choices, say whose answers people prefer, and record the evidence',
  permission: 'build',
  params: z.object({ id: StudyId }),
  returns: { 200: StudyView },
})

// The SDK names its types after what a contract exports.
export { ArmPreference, Study, StudyPlan, StudyResults } from './study.ts'
