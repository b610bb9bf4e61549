/** Routes of annotation: queues, the next answer, labels, what people differ on, and what they settled. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ExperimentId } from '../experiment.ts'
import {
  Agreement,
  Choice,
  Feeds,
  ItemId,
  ItemLabel,
  ItemSource,
  Queue,
  QueueId,
  QueueItem,
  QueueProgress,
} from './annotation.ts'

/** An answer that is brought along: a trace, feedback, or from elsewhere. */
const NewItem = z.strictObject({
  input: z.string().min(1).max(200_000),
  answer: z.string().max(200_000),
  expected: z.string().max(200_000).nullable().default(null),
  passages: z.array(z.string().max(100_000)).max(50).default([]),
  source: ItemSource.default({ kind: 'upload', id: null, example: null, release: null }),
})

/** What a person sees who labels: no label of anybody else. */
export const AnnotationTask = z.object({
  item: QueueItem.omit({ adjudicated: true, labelCount: true, valueCount: true }),
  /** This person's own label, when it is shown again. */
  mine: ItemLabel.nullable(),
})
export type AnnotationTask = z.infer<typeof AnnotationTask>

/** One line of a queue's list: where the answer stands, and what the caller said; nothing that others said. */
export const AnnotationLine = QueueItem.pick({ id: true, number: true, adjudicated: true }).extend({
  /** The beginning of each; of a conversation its last question. */
  input: z.string(),
  answer: z.string(),
  other: z.string().nullable(),
  /** Labels that it has. */
  labels: z.number().int(),
  isMine: z.boolean(),
  /** What the caller said; null for "cannot tell", and where the caller said nothing. */
  mine: z.string().nullable(),
  /** All labels are in and differ, and nobody decided. */
  isDisputed: z.boolean(),
})
export type AnnotationLine = z.infer<typeof AnnotationLine>

export const AnnotationQueue = Queue.extend({ progress: QueueProgress })
export type AnnotationQueue = z.infer<typeof AnnotationQueue>

export const createAnnotationQueue = route({
  name: 'createAnnotationQueue',
  method: 'POST',
  path: '/api/v1/annotation-queues',
  summary: 'Make a queue of answers for people to label, from rows of an experiment or from what is sent',
  permission: 'build',
  maxBodyBytes: 16 * 1024 * 1024,
  example: {
    application: 'shop',
    name: 'Is it right?',
    data: 'questions',
    guidelines: 'Right is what the passages say.',
    choices: [
      { value: 'right', isGood: true },
      { value: 'wrong', isGood: false },
    ],
    items: [{ input: 'When do you open?', answer: 'At nine.' }],
  },
  body: z.strictObject({
    application: Name,
    name: z.string().min(1).max(200),
    data: z.string().min(1).max(200),
    guidelines: z.string().min(1).max(20_000),
    choices: z.array(Choice).min(2).max(9),
    isOrdered: z.boolean().default(false),
    labelsPerItem: z.number().int().min(1).max(5).default(2),
    annotators: z.array(ActorId).max(100).default([]),
    /** Which feedback of users brings its answer into the queue; such a queue may begin empty. */
    feeds: Feeds.default('none'),
    items: z.array(NewItem).max(5_000).default([]),
    /** Takes rows of one arm, drawn by chance with the experiment's own seed. */
    from: z
      .strictObject({
        experiment: ExperimentId,
        arm: z.string().min(1).default('candidate'),
        most: z.number().int().min(1).max(100_000).default(200),
      })
      .optional(),
  }),
  returns: { 201: AnnotationQueue },
})

export const listAnnotationQueues = route({
  name: 'listAnnotationQueues',
  method: 'GET',
  path: '/api/v1/annotation-queues',
  summary: 'Queues of answers to label, the newest first',
  permission: 'view',
  query: Page.extend({ application: Name.optional() }),
  returns: { 200: pageOf(AnnotationQueue) },
})

export const getAnnotationQueue = route({
  name: 'getAnnotationQueue',
  method: 'GET',
  path: '/api/v1/annotation-queues/:id',
  summary: 'One queue with its progress and how far people agree',
  permission: 'view',
  params: z.object({ id: QueueId }),
  returns: { 200: AnnotationQueue.extend({ agreement: Agreement }) },
})

export const closeAnnotationQueue = route({
  name: 'closeAnnotationQueue',
  method: 'POST',
  path: '/api/v1/annotation-queues/:id/close',
  summary: 'Close a queue; its labels stay as they are',
  permission: 'build',
  params: z.object({ id: QueueId }),
  returns: { 200: AnnotationQueue },
})

export const nextAnnotation = route({
  name: 'nextAnnotation',
  method: 'GET',
  path: '/api/v1/annotation-queues/:id/next',
  summary: 'The next answer for the caller to label, without what others said',
  permission: 'attest',
  params: z.object({ id: QueueId }),
  query: z.object({
    /** Ids of answers that are passed over, with commas between them. */
    except: z.string().max(4_000).optional(),
  }),
  returns: { 200: z.object({ task: AnnotationTask.nullable() }) },
})

export const getAnnotationTask = route({
  name: 'getAnnotationTask',
  method: 'GET',
  path: '/api/v1/annotation-items/:id',
  summary: 'One answer with what the caller said of it, without what others said',
  permission: 'attest',
  params: z.object({ id: ItemId }),
  returns: { 200: AnnotationTask },
})

export const listAnnotationItems = route({
  name: 'listAnnotationItems',
  method: 'GET',
  path: '/api/v1/annotation-queues/:id/items',
  summary: 'The answers of a queue in their order: where each stands, and what the caller said',
  permission: 'attest',
  params: z.object({ id: QueueId }),
  query: Page.extend({
    /** mine: those that the caller labelled · open: those that lack labels · disputed · decided. */
    show: z.enum(['all', 'mine', 'open', 'disputed', 'decided']).default('all'),
  }),
  returns: { 200: pageOf(AnnotationLine) },
})

export const getAnnotationWork = route({
  name: 'getAnnotationWork',
  method: 'GET',
  path: '/api/v1/annotation-queues/:id/work',
  summary: 'How many answers the caller labelled, and how many are left for the caller',
  permission: 'attest',
  params: z.object({ id: QueueId }),
  returns: { 200: z.object({ done: z.number().int(), left: z.number().int() }) },
})

export const labelAnnotation = route({
  name: 'labelAnnotation',
  method: 'PUT',
  path: '/api/v1/annotation-items/:id/label',
  summary: 'Say what an answer is; a second word of the same person replaces the first',
  permission: 'attest',
  params: z.object({ id: ItemId }),
  body: z.strictObject({
    value: z.string().max(60).nullable(),
    comment: z.string().max(2_000).default(''),
    tookMs: z.number().int().min(0).max(86_400_000).nullable().default(null),
  }),
  returns: { 200: ItemLabel },
})

export const listDisputes = route({
  name: 'listDisputes',
  method: 'GET',
  path: '/api/v1/annotation-queues/:id/disputes',
  summary: 'Complete answers on which people differ, with what each said',
  permission: 'attest',
  params: z.object({ id: QueueId }),
  query: Page,
  returns: { 200: pageOf(QueueItem.extend({ labels: z.array(ItemLabel) })) },
})

export const adjudicateAnnotation = route({
  name: 'adjudicateAnnotation',
  method: 'PUT',
  path: '/api/v1/annotation-items/:id/adjudication',
  summary: 'Decide what holds where people differ; by somebody who did not label the answer',
  permission: 'attest',
  params: z.object({ id: ItemId }),
  body: z.strictObject({ value: z.string().min(1).max(60), reason: z.string().min(1).max(2_000) }),
  returns: { 200: QueueItem },
})

export const exportAnnotations = route({
  name: 'exportAnnotations',
  method: 'GET',
  path: '/api/v1/annotation-queues/:id/examples',
  summary: 'What people settled on, as examples of the split calibration with the provenance of each',
  permission: 'build',
  params: z.object({ id: QueueId }),
  returns: { 200: z.object({ rows: z.number().int(), unsettled: z.number().int(), content: z.string() }) },
})

// The SDK names its types after what a contract exports.
export { Agreement, ItemLabel, QueueItem } from './annotation.ts'
