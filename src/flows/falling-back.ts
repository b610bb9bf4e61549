/** How a run chooses among the models of a step: what it asks of whoever knows how they stand. */
import type { Turn } from '../core/conversation.ts'
import type { ModelPart } from '../core/manifest.ts'
import type { StepRoute } from '../core/step-route.ts'
import type { OfferedTool } from '../models/index.ts'

/** One model of a step that may be asked. */
export type Candidate = {
  /** Its name in the release. */
  readonly name: string
  /** `provider/model`. */
  readonly model: string
  /** The model that the step means, a target of its route, or a fallback. */
  readonly as: 'meant' | 'target' | 'fallback'
  /** Why the route of the step asks it now; undefined for fallbacks, and where the step has no route. */
  readonly reason: string | undefined
}

/** How a run chooses among models: who may be asked now, in which order, and who is told how they do. */
export type FallingBack = {
  /** Targets of a route in the order of its strategy, each once. */
  inOrder<Target extends { readonly model: string; readonly weight: number }>(
    strategy: StepRoute['strategy'],
    targets: readonly Target[],
  ): readonly Target[]
  /** Undefined where nobody would have kept what it read, and where each request of the route is by itself. */
  beginningOf(route: StepRoute, prompt: Prompt): Beginning | undefined
  /** Why it may not be asked; undefined when it may. */
  whyNot(candidate: Candidate): string | undefined
  /** True while it rests after failures; then the others are asked before it. */
  isResting(model: string): boolean
  /** Who of those that are left is asked after a failure, and after which pause; undefined when nobody may be. */
  next<Target extends { readonly name: string; readonly model: string }>(failed: {
    readonly targets: readonly Target[]
    /** By name: how often, and until when it wants to be left alone, in monotonic time. */
    readonly asked: ReadonlyMap<string, { readonly times: number; readonly untilMs: number }>
    readonly made: number
  }): { readonly target: Target; readonly pauseMs: number } | undefined
  began(candidate: Candidate): void
  /** `left`: it was cancelled, which says nothing of the model. */
  ended(candidate: Candidate, end: AttemptEnd): void
}

/** What a step asks, as its model is given it. */
export type Prompt = { readonly messages: readonly Turn[]; readonly tools: readonly OfferedTool[] | undefined }

/** The beginning of a prompt, which conversations share from turn to turn. */
export type Beginning = {
  /** Which of these models has read it and stands well enough; undefined when none does. */
  knownTo(models: readonly string[]): string | undefined
  readBy(model: string): void
}

export type AttemptEnd = {
  readonly how: 'answered' | 'failed' | 'left'
  readonly ms: number
  readonly errorCode: string | null
  /** How long it asks to be left alone. */
  readonly retryAfterMs: number | undefined
}

/** A model of the step, and as what it is asked. */
export type AskedPart = { readonly part: ModelPart; readonly as: Candidate['as'] }
