/** One route: asking a release outside of the gateway, for the playground. */
import { z } from 'zod'
import { Turn } from '../core/conversation.ts'
import { GuardVerdict } from '../core/guardrail.ts'
import { ReleaseId } from '../core/release.ts'
import { ChosenTarget } from '../core/routed-models.ts'
import { MicroUsd } from '../kernel/money.ts'
import { route } from '../wire/route.ts'
import { ToolUse } from './flow-result.ts'

export const AnsweredRelease = z.object({
  answer: z.string(),
  abstained: z.boolean(),
  passages: z.array(
    z.object({
      n: z.number().int(),
      id: z.string(),
      title: z.string(),
      text: z.string(),
      source: z.string(),
      score: z.number(),
    }),
  ),
  /** Ids of passages, in the order of their first mention. */
  citations: z.array(z.string()),
  invalidCitations: z.array(z.string()),
  servedBy: z.string(),
  /** Fallbacks of the release that answered a step in place of the model that was meant, by name. */
  fallbacks: z.array(z.string()),
  /** Calls of tools that the model wanted, and what became of them; what writes is withheld here. */
  toolCalls: z.array(ToolUse),
  /** Whom the routes of the release chose, step by step. */
  targets: z.array(ChosenTarget),
  /** What each guardrail of the release said. */
  guardrails: z.array(GuardVerdict),
  usage: z.object({ inputTokens: z.number().int(), outputTokens: z.number().int(), estimated: z.boolean() }),
  costMicroUsd: MicroUsd.nullable(),
  latencyMs: z.number(),
  /** The trace that was kept of it. */
  trace: z.string(),
})
export type AnsweredRelease = z.infer<typeof AnsweredRelease>

export const answerRelease = route({
  name: 'answerRelease',
  method: 'POST',
  path: '/api/v1/releases/:id/answers',
  summary: 'Ask any release, live or not; the answer is traced and belongs to no rollout',
  permission: 'infer',
  example: { turns: [{ role: 'user', content: 'Where is my order?' }] },
  mcp: true,
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    turns: z.array(Turn).min(1).max(200),
    /** What the question is for; routes of the release may hang on it. */
    task: z.string().min(1).max(200).optional(),
  }),
  returns: { 200: AnsweredRelease },
})
