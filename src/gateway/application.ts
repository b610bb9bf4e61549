/** An application's answer: its release runs, and sources, abstention and steps are told. */
import { turnsShown } from '../core/asked.ts'
import type { Turn } from '../core/conversation.ts'
import { GUARD_STEP } from '../core/guardrail.ts'
import type { LiveOversight } from '../core/oversight.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { Usage } from '../core/usage.ts'
import type { FlowResult, ToolUse } from '../flows/index.ts'
import { sumMoney } from '../kernel/money.ts'
import { type ExchangeTurn, estimateUsage, type ToolCall } from '../models/index.ts'
import { type ClientRequest, droppedFields } from './client-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { fallingBackOf } from './falling-back.ts'
import { GUARDRAILS_HEADER, guardrailsSaid } from './guard-verdicts.ts'
import { holdCallOf } from './held-calls.ts'
import { mayHold, overseen } from './overseen.ts'
import { answer, type LookedUp, type Produced } from './produce.ts'
import type { Facts } from './settled-draft.ts'
import { isUnderWay } from './stream-state.ts'
import type { Targets } from './targets.ts'

/** Never rejects. */
export async function answerApplication({
  exchange,
  chat,
  turns,
  calls,
  release,
  stage,
  oversight,
  targets,
  looked,
  deps,
}: {
  exchange: Exchange
  chat: ClientRequest
  turns: readonly Turn[]
  /** Calls that were handed out for the last question, with what the caller did with them. */
  calls: readonly ExchangeTurn[]
  release: Release
  stage: Stage
  /** Which answers a person looks at; undefined where none are named. */
  oversight: LiveOversight | undefined
  /** What is known of the models of releases that have a choice, those of routes among them. */
  targets: Targets
  /** What looking for a kept answer by meaning took, before; undefined where nobody looked. */
  looked?: LookedUp | undefined
  deps: GatewayDeps
}): Promise<void> {
  const { facts } = exchange
  exchange.isGuarded = release.manifest.guardrails !== undefined
  const dropped = droppedFields(chat)
  if (dropped.length > 0) exchange.headers.push('airworthy-dropped-fields', dropped.join(','))
  let asked = answeringModel(release)
  exchange.producer = {
    completeFacts: () => takeUsage(exchange, bytesByFour(facts), { model: asked, deps }),
    countFacts: async () => takeUsage(exchange, await estimateUsage(facts.input, facts.output), { model: asked, deps }),
  }
  const asks = (model: string) => {
    asked = model
  }
  const fallingBack = fallingBackOf({ exchange, release, stage, deps, targets, asks })
  // What a guardrail took out is kept nowhere.
  let asTaken = turns
  await answer({
    exchange,
    chat,
    withCitations: true,
    produce: async ({ signal, onDelta }) => {
      const produced = producedOf(
        await deps.runFlow({
          manifest: release.manifest,
          arm: 'flow',
          turns,
          exchange: calls,
          mayWrite: true,
          holdCall: holdCallOf({ exchange, release, stage, deps }),
          signal,
          fallingBack,
          task: facts.metadata.task,
          onStep: (step) => {
            if (!isUnderWay(exchange.state)) return
            facts.steps.push(step)
            if (step.kind === GUARD_STEP) exchange.setHeader(GUARDRAILS_HEADER, guardrailsSaid(facts))
          },
          onGuarded(guarded) {
            asTaken = guarded
            facts.input = turnsShown(guarded)
            exchange.storing?.asked?.(guarded)
            exchange.keeper?.asked?.(guarded)
          },
          ...(onDelta && !mayHold(oversight) && { onDelta }),
        }),
      )
      const whole = looked ? withLookUp(produced, looked) : produced
      return oversight ? overseen(whole, { oversight, exchange, turns: asTaken, stage, release, deps }) : whole
    },
  })
}

/** What it cost to look is part of what the answer costs. */
const withLookUp = (produced: Produced, { steps, charges, costMicroUsd }: LookedUp): Produced => ({
  ...produced,
  steps: [...steps, ...produced.steps],
  charges: [...charges, ...produced.charges],
  costMicroUsd:
    costMicroUsd === null || produced.costMicroUsd === null ? null : sumMoney([costMicroUsd, produced.costMicroUsd]),
})

/** Where the flow was stopped and tells no more: about four bytes to a token. */
const bytesByFour = ({ input, output }: Facts): Usage => ({
  inputTokens: Math.ceil(input.reduce((sum, { content }) => sum + content.length, 0) / 4),
  outputTokens: Math.ceil(output.length / 4),
  estimated: true,
})

/** At the price of the model that answers. */
function takeUsage(
  { facts, at }: Exchange,
  usage: Usage,
  { model, deps: { models } }: { model: string | undefined; deps: GatewayDeps },
): void {
  facts.usage = usage
  facts.costMicroUsd = model === undefined ? null : models.costOf(model, usage, at)
  facts.charges = model === undefined ? [] : [{ model, at, usage }]
  facts.priceBook = models.priceBook
}

function answeringModel({ manifest }: Release): string | undefined {
  const step = manifest.flow.steps.findLast(({ use }) => use === 'generate')
  return step?.use === 'generate' ? manifest.models.find(({ name }) => name === step.model)?.model : undefined
}

const callOf = ({ id, name, arguments: given }: ToolUse): ToolCall => ({ id, name, arguments: JSON.stringify(given) })

function producedOf(result: FlowResult): Produced {
  const passages = new Map(result.passages.map((passage) => [passage.id, passage]))
  const { answer: text, finishReason, servedBy, costMicroUsd, priceBook, abstained, invalidCitations, steps } = result
  return {
    text,
    finishReason,
    servedBy,
    costMicroUsd,
    priceBook,
    charges: result.charges ?? [],
    abstained,
    invalidCitations,
    steps,
    usage: result.usage,
    calls:
      finishReason === 'tool-calls'
        ? (result.toolCalls ?? []).filter(({ outcome }) => outcome === 'handed-out').map(callOf)
        : [],
    citations: result.citations.map((id) => {
      const passage = passages.get(id)
      return { id, title: passage?.title ?? '', source: passage?.source ?? '' }
    }),
  }
}
