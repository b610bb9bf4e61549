/** What rewording needs from others, as functions; the wiring gives them. */
import type { z } from 'zod'
import type { Turn } from '../../core/conversation.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Database } from '../../store/database.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { BlueprintWriter } from '../writer.ts'
import type { CheckDeps } from './check.ts'

export type Answered = { readonly text: string; readonly costMicroUsd: MicroUsd | null; readonly snapshot: string }

export type RewordingDeps = CheckDeps & {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'get' | 'list'>
  readonly newId: NewId
  readonly organisation: string
  readonly writer: BlueprintWriter
  /** Asks a model once, on behalf of an application whose caps it takes from. Throws when it cannot be asked. */
  readonly ask: (request: {
    application: string
    model: string
    parameters: Readonly<Record<string, unknown>>
    messages: readonly Turn[]
    signal: AbortSignal
  }) => Promise<Answered>
  /** The first JSON value in a text that fits. Throws when there is none. */
  readonly readAnswer: <Schema extends z.ZodType>(text: string, schema: Schema, who: string) => z.output<Schema>
  /** What calls with these words will take; null when the price is not known. Throws for a model or parameter that is not. */
  readonly estimate: (request: {
    model: string
    parameters: Readonly<Record<string, unknown>>
    texts: readonly string[]
    answerTokens: number
  }) => Promise<MicroUsd | null>
  /** Why a model whose price nobody knows may not be asked; undefined when it may. */
  readonly whyUnpriced: (ask: { application: string; models: readonly string[] }) => string | undefined
  /** Answers that were paid for: the same work, begun again, is not asked for them again. */
  readonly paidFor: (work: unknown) => {
    once<Answer>(question: unknown, ask: () => Promise<Answer>): Promise<Answer>
    end(): Promise<void>
  }
}
