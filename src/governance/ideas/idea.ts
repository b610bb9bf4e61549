/** An idea: what somebody wants to change, how good it looks, and the answers of the guided flow until it is an application. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const IdeaId = idOf('ide')
export type IdeaId = z.infer<typeof IdeaId>

const Mark = z.number().int().min(1).max(5).nullable()

/** 1 to 5 each; for cost and risk less is better. */
export const IdeaScores = z.strictObject({
  impact: Mark,
  feasibility: Mark,
  readiness: Mark,
  cost: Mark,
  risk: Mark,
})
export type IdeaScores = z.infer<typeof IdeaScores>

export const NO_SCORES: IdeaScores = { impact: null, feasibility: null, readiness: null, cost: null, risk: null }

/** Answers of the guided flow by the id of the field; texts as they were typed. */
export const GuideAnswers = z.record(z.string().max(60), z.union([z.string().max(4000), z.number()]).nullable())
export type GuideAnswers = z.infer<typeof GuideAnswers>

/** Requests of an application's users that were not met, by what they have in common. */
export const IdeaOrigin = z.object({
  kind: z.enum(['failed', 'not-answered', 'of-no-help']),
  /** Words that the requests share; never a request itself. */
  words: z.array(z.string()),
  requests: z.number().int(),
  /** Different subjects among them. */
  users: z.number().int(),
  /** Some of them, the newest first. */
  traces: z.array(z.string()),
  /** From when on was looked. */
  since: Instant,
})
export type IdeaOrigin = z.infer<typeof IdeaOrigin>

export const Idea = z.object({
  id: IdeaId,
  organisation: Organisation,
  title: z.string(),
  scores: IdeaScores,
  answers: GuideAnswers,
  /** The application that it became. */
  application: Name.nullable(),
  /** The application whose users it came from. */
  parent: Name.nullable(),
  /** The requests that led to it; null when a person had it. */
  origin: IdeaOrigin.nullable(),
  createdAt: Instant,
  createdBy: ActorId,
  updatedAt: Instant,
})
export type Idea = z.infer<typeof Idea>

/** How an idea was scored at one time. */
export const IdeaScoring = z.object({
  id: idOf('ids'),
  organisation: Organisation,
  idea: IdeaId,
  scores: IdeaScores,
  createdAt: Instant,
  createdBy: ActorId,
})
export type IdeaScoring = z.infer<typeof IdeaScoring>
