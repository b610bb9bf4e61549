/** Shapes of annotation: queues of answers that people label, blind to each other. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const QueueId = idOf('que')
export type QueueId = z.infer<typeof QueueId>
export const ItemId = idOf('ite')
export type ItemId = z.infer<typeof ItemId>

/** One thing that may be said of an answer. */
export const Choice = z.object({
  value: z.string().min(1).max(60),
  /** What it means, in the words of the guidelines. */
  meaning: z.string().max(500).default(''),
  /** Whether it counts as good when a judge is held against it; null for neither. */
  isGood: z.boolean().nullable(),
})
export type Choice = z.infer<typeof Choice>

/** answers: one at a time · pairs: two answers to one question, of which people prefer one. */
export const QueueKind = z.enum(['answers', 'pairs'])
export type QueueKind = z.infer<typeof QueueKind>

/** Which feedback of users brings its answer into the queue: none, what is bad (a no, less than half, a correction), all. */
export const Feeds = z.enum(['none', 'bad', 'all'])

export const Queue = z.object({
  id: QueueId,
  organisation: Organisation,
  application: Name,
  name: z.string(),
  kind: QueueKind,
  /** What kind of data its answers are: a calibration holds for this kind. */
  data: z.string(),
  guidelines: z.string(),
  choices: z.array(Choice).min(2).max(9),
  /** Whether the choices have an order, from worst to best. */
  isOrdered: z.boolean(),
  /** People who label each answer; of pairs, the most who label one. */
  labelsPerItem: z.number().int().min(1).max(5),
  /** Who may label; empty for everybody who may attest. */
  annotators: z.array(ActorId),
  feeds: Feeds,
  /** Datasets that its answers are from, whose class of data says who sees them. */
  datasets: z.array(z.string()),
  /** Whether passages of documents are among what it shows, or were sent to the model that answered. */
  holdsDocuments: z.boolean(),
  state: z.enum(['open', 'closed']),
  createdAt: Instant,
  createdBy: ActorId,
})
export type Queue = z.infer<typeof Queue>

/** Where an answer is from, so that a label can be followed back to it. */
export const ItemSource = z.object({
  kind: z.enum(['experiment', 'trace', 'feedback', 'upload']),
  /** Id of the experiment or trace; null for an upload. */
  id: z.string().nullable(),
  example: z.string().nullable(),
  release: z.string().nullable(),
})
export type ItemSource = z.infer<typeof ItemSource>

export const QueueItem = z.object({
  id: ItemId,
  queue: QueueId,
  number: z.number().int(),
  input: z.string(),
  answer: z.string(),
  /** The second answer of a pair; null in a queue of single answers. */
  other: z.string().nullable(),
  /** The reference, and the passages that the answer was given. */
  expected: z.string().nullable(),
  passages: z.array(z.string()),
  source: ItemSource,
  /** Labels that are asked for. */
  labelsAsked: z.number().int(),
  /** Labels that it has, and how many different things they say; counted with each label, for queues that are long. */
  labelCount: z.number().int(),
  valueCount: z.number().int(),
  /** What holds where people differ, who decided, and why. */
  adjudicated: z.object({ value: z.string(), by: ActorId, reason: z.string(), at: Instant }).nullable(),
})
export type QueueItem = z.infer<typeof QueueItem>

/** What one person said of one answer; said again, it replaces the earlier word while the answer is open. */
export const ItemLabel = z.object({
  item: ItemId,
  queue: QueueId,
  by: ActorId,
  /** Null: could not tell. */
  value: z.string().nullable(),
  /** The pair was shown to this person the other way round. */
  isTurned: z.boolean(),
  comment: z.string(),
  /** Milliseconds that the person took. */
  tookMs: z.number().int().nullable(),
  at: Instant,
})
export type ItemLabel = z.infer<typeof ItemLabel>

/** How far people agree: on everything, and week by week. */
export const Agreement = z.object({
  /** Answers with two labels or more. */
  items: z.number().int(),
  /** Share of those on which all say the same. */
  same: z.number().nullable(),
  /** Krippendorff's alpha with an interval over answers; null when nothing could differ. */
  alpha: z.number().nullable(),
  interval: Interval.nullable(),
  /** Cohen's kappa of each two people who share answers. */
  pairs: z.array(
    z.object({
      one: ActorId,
      other: ActorId,
      n: z.number().int(),
      kappa: z.number().nullable(),
      interval: Interval.nullable(),
    }),
  ),
  /** By the week in which an answer had its last label; Monday's date. */
  weeks: z.array(z.object({ from: z.string(), items: z.number().int(), alpha: z.number().nullable() })),
})
export type Agreement = z.infer<typeof Agreement>

export const QueueProgress = z.object({
  items: z.number().int(),
  labels: z.number().int(),
  /** Answers with as many labels as are asked for. */
  complete: z.number().int(),
  /** Complete answers on which people differ and nobody decided. */
  disputed: z.number().int(),
})
export type QueueProgress = z.infer<typeof QueueProgress>
