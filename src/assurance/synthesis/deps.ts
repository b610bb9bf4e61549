/** What synthetic cases need from others, as functions; the wiring gives them. */
import type { Turn } from '../../core/conversation.ts'
import type { IndexPart } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Datasets } from '../../evals/index.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Database } from '../../store/database.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { Source } from './drafting.ts'

export type SynthesisDeps = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'get' | 'list'>
  readonly newId: NewId
  readonly organisation: string
  readonly datasets: Pick<Datasets, 'door' | 'sample' | 'quarantine'>
  readonly newestReleaseOf: (application: string) => Promise<Release | undefined>
  readonly passagesOf: (part: IndexPart) => Promise<Iterable<Source>>
  /** Asks a model once. Throws when it cannot be asked. */
  readonly ask: (request: {
    /** Whose caps it takes from. */
    application: string
    model: string
    parameters: Readonly<Record<string, unknown>>
    messages: readonly Turn[]
    signal: AbortSignal
  }) => Promise<{ text: string; costMicroUsd: MicroUsd | null; snapshot: string }>
  /** What calls with these words will take; null when the price is not known. Throws for a model or parameter that is not. */
  readonly estimate: (request: {
    model: string
    parameters: Readonly<Record<string, unknown>>
    texts: readonly string[]
    /** Tokens that come back, of all calls. */
    answerTokens: number
  }) => Promise<MicroUsd | null>
}
