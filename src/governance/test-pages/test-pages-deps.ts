/** What test pages need from others, as functions. */
import type { ActorId } from '../../core/actor.ts'
import type { Turn } from '../../core/conversation.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import type { Caller } from '../../wire/caller.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import type { Caps, TestAnswer } from './contract.ts'

export type TestPagesDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> & {
  readonly random: RandomBytes
  /** Where the pages are, for links. */
  readonly publicUrl: () => string
  /** The key that a page's questions count against, bound to its application; nobody gets its text. */
  readonly keys: {
    open(ask: {
      name: string
      application: string
      expiresInHours: number
      requestsPerMinute: number
      costMicroUsdPerMonth: MicroUsd
      by: ActorId
    }): Promise<string>
    revoke(key: string, by: ActorId): Promise<void>
    /** Takes back a key whose page did not come about. */
    discard(key: string, by: ActorId): Promise<void>
    capsOf(key: string): Caps
    /** As whom the page asks; undefined once the key is revoked, over, or its holder may not act. */
    callerOf(key: string): Caller | undefined
  }
  /** Throws when there is none, or while it or its application is switched off. */
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** What is live in the sandbox. */
  readonly inSandbox: (application: string) => ReleaseId | undefined
  /** Asks within all caps, and keeps a trace. */
  readonly ask: (
    ask: { caller: Caller; release: Release; turns: readonly Turn[]; signal: AbortSignal },
    page: string,
  ) => Promise<Omit<TestAnswer, 'questionsLeft'>>
  /** Keeps what was said of an answer that this caller got; false when there is no such answer. */
  readonly rate: (rated: {
    caller: Caller
    answer: string
    helpful: boolean
    comment: string | undefined
  }) => Promise<boolean>
  /** Told of what went wrong, which is not for strangers. */
  readonly report: (thrown: unknown, where?: string) => void
}
