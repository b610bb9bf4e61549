/** Why an answer was given: everything that made it, in one record, and the walk from it to a licence. */
import { z } from 'zod'
import { GuardVerdict } from '../../core/guardrail.ts'
import { ReleaseId } from '../../core/release.ts'
import { Arm, RolloutId } from '../../core/rollout.ts'
import { ChosenTarget } from '../../core/routed-models.ts'
import { Stage } from '../../core/stage.ts'
import { ToolEffect, ToolOutcome } from '../../core/tool.ts'
import { Digest } from '../../kernel/digest.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

export const Explanation = z.object({
  trace: z.string(),
  response: z.string().nullable(),
  at: Instant,
  application: z.string(),
  stage: Stage.nullable(),
  /** Null when it was answered by no arm: refused before, for example. */
  release: z.object({ id: ReleaseId, number: z.number().int(), digest: Digest }).nullable(),
  arm: Arm.nullable(),
  rollout: z.object({ id: RolloutId, share: z.number() }).nullable(),
  asked: z.array(z.object({ role: z.string(), content: z.string() })),
  answered: z.string(),
  /** Each step in order, as it ran. */
  steps: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      words: z.string(),
      error: z.string().nullable(),
      /** What the model was sent, as rendered; null for steps that ask none, or where content is not kept. */
      prompt: z.unknown(),
      model: z
        .object({
          asked: z.string().nullable(),
          /** What the provider says it was; null when it said nothing. */
          observed: z.string().nullable(),
          parameters: z.record(z.string(), z.unknown()),
        })
        .nullable(),
    }),
  ),
  /** Passages that it was given, those that the answer names first; from the passage to the licence of its file. */
  passages: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** Whether the answer names it. */
      cited: z.boolean(),
      /** Null when the index has it no more. */
      text: z.string().nullable(),
      index: Digest.nullable(),
      file: z.string(),
      /** The entry of `inventory.yaml` that covers it; null when none does. */
      source: z.string().nullable(),
      licence: z.string().nullable(),
      /** What that entry says was done with the file before it came in, in order; null when it says nothing. */
      prepared: z.string().nullable(),
    }),
  ),
  /** Markers of the answer that name no passage. */
  invalidCitations: z.array(z.string()),
  /** Fallbacks of the release that answered a step in place of the model that is meant, by name. */
  fallbacks: z.array(z.string()),
  /** Whom the routes of the release chose, step by step, and why. */
  targets: z.array(ChosenTarget),
  /** What was tuned on top of the models that were asked, and what that learned from, with the licence of each. */
  adapters: z.array(
    z.object({
      name: z.string(),
      /** `provider/model` that was asked. */
      model: z.string(),
      digest: Digest,
      base: z.string(),
      data: z.array(
        z.object({
          what: z.string(),
          digest: Digest,
          source: z.string().nullable(),
          licence: z.string().nullable(),
          prepared: z.string().nullable(),
        }),
      ),
      words: z.string(),
    }),
  ),
  /** Each call of a tool that a model wanted, in order, with what became of it. */
  tools: z.array(
    z.object({
      name: z.string(),
      outcome: ToolOutcome,
      /** Null where the release as it is known has no such tool. */
      effect: ToolEffect.nullable(),
      /** Who makes the call: whoever asked, or the release at an address. */
      by: z.enum(['client', 'http', 'stub']).nullable(),
      /** JSON, after the guardrails; null where content is not kept. */
      arguments: z.string().nullable(),
      result: z.string().nullable(),
      error: z.string().nullable(),
      words: z.string(),
    }),
  ),
  /** What each guardrail of the release said, in the order in which they looked; never what it found. */
  guardrails: z.array(GuardVerdict.extend({ words: z.string() })),
  costMicroUsd: MicroUsd.nullable(),
  tokens: z.object({ input: z.number().int(), output: z.number().int(), isEstimated: z.boolean() }),
  /** The same in sentences, for somebody who has to answer for it. */
  words: z.array(z.string()),
})
export type Explanation = z.infer<typeof Explanation>

export const explainAnswer = route({
  name: 'explainAnswer',
  method: 'GET',
  path: '/api/v1/explanations/:id',
  summary:
    'Say why an answer was given, by the id of its response or of its trace: release, prompt, model, passages, cost',
  permission: 'view',
  mcp: true,
  params: z.object({ id: z.string().min(1).max(200) }),
  returns: { 200: Explanation },
})
