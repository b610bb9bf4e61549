/** What a check was answered with is said anew when the records behind it change, so that nobody goes on under an old count. */
import type { Evidence, EvidenceDraft } from '../core/evidence.ts'
import type { ReleaseId } from '../core/release.ts'
import { age, DAY, type Instant } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { ChangeEvent } from '../wire/events.ts'

/** Evidence, for sub-slices whose answers rest on records of their own. */
export type EvidenceDoor = {
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<unknown>
  /** The newest answer to a check that a producer gave; undefined where nobody asked yet. */
  readonly newestAnswer: (application: string, check: string) => Promise<Evidence | undefined>
  /** What serves in the highest stage that is reached, else the newest release; null before the first. */
  readonly standingRelease: (application: string) => Promise<ReleaseId | null>
}

type Deps = EvidenceDoor & { readonly db: Database; readonly publish: (event: ChangeEvent) => void }
type Said = Omit<EvidenceDraft, 'release'>

/** Standing checks want to be answered again before they are a week old. */
const FRESH_DAYS = 7

/** Records those drafts whose facts differ from the newest answer, for the release of that answer. */
export async function sayAnew(deps: Deps, drafts: readonly Said[]): Promise<void> {
  for (const draft of drafts) {
    const newest = await deps.newestAnswer(draft.application, draft.check)
    if (newest && !isSame(newest, draft)) await say(deps, { ...draft, release: newest.release })
  }
}

/** The same for standing checks, which nobody has to ask first: of the release that serves, and again each week. */
export async function saySteadily(deps: Deps, draft: Said, now: Instant): Promise<void> {
  const release = await deps.standingRelease(draft.application)
  if (release === null) return
  const newest = await deps.newestAnswer(draft.application, draft.check)
  const isFresh = newest?.release === release && age(newest.at, now) < FRESH_DAYS * DAY
  if (!newest || !isFresh || !isSame(newest, draft)) await say(deps, { ...draft, release })
}

/** Whether an answer says what a draft would say. */
export const isSame = (newest: Evidence, { facts }: Said): boolean =>
  Object.entries(facts).every(([name, { value }]) => newest.facts[name]?.value === value)

/** Records an answer and tells whoever looks at it. */
export async function say(deps: Pick<Deps, 'recordEvidence' | 'db' | 'publish'>, draft: EvidenceDraft): Promise<void> {
  await inTransaction(deps.db, (tx) => deps.recordEvidence(tx, draft))
  deps.publish({ topic: 'evidence', id: draft.check, application: draft.application })
}
