/**
 * What becomes of a request while something fails, by rules; pure. An answer is good or poorer only where it says so
 * itself: what looks like any other answer on a bad day is broken.
 */
import { type Fault, NO_FAULT, placeOf } from '../../core/fault.ts'
import type { GuardVerdict } from '../../core/guardrail.ts'
import type { FaultOutcome } from './contract.ts'
import type { Seen } from './read-answer.ts'

export type Labels = {
  /** Who answered in place of the model that is meant, as the answer names it. */
  readonly fallback: string | null
  /** The target of a route that answered. */
  readonly target: string | null
  readonly attempts: number
  /** The fault has happened. */
  readonly isMet: boolean
}

export type Judged = { readonly outcome: FaultOutcome; readonly says: string }

type Case = {
  readonly fault: Fault | typeof NO_FAULT
  readonly status: number
  readonly seen: Seen
  readonly labels: Labels
  /** Ids of the guardrails of the release. */
  readonly guardrails: readonly string[]
  /** What they said, of the trace; null where no trace came. */
  readonly verdicts: readonly GuardVerdict[] | null
  /** What the release says where it declines to answer. */
  readonly abstentions: readonly string[]
}

/** A failure that is not the client's, and no bug of ours. 429 only where the provider limits us. */
const RIGHT_STATUS: ReadonlySet<number> = new Set([502, 503, 504])
/** Said before the release was asked. */
const BEFORE = /^(gateway\.(limit-|price-)|access\.)/

export function judge(one: Case): Judged {
  const { fault, seen, labels, status } = one
  if (seen.code !== null && BEFORE.test(seen.code)) return notTried(`refused before it was asked: ${seen.code}`)
  const unseen = unseenBy(one)
  if (unseen === 'unknown') return notTried('its trace did not come, so nobody knows what the guardrails said')
  if (unseen !== undefined) return { outcome: 'unguarded', says: `words that ${unseen} did not see` }
  if (seen.kind === 'late') return broken('no end within the clock')
  if (seen.kind === 'unreadable') return broken(`${status} with a body that is not of the dialect`)
  if (seen.kind === 'broken-off')
    return broken(`${seen.text === '' ? 'nothing' : 'some words'}, then neither an end nor an error`)
  if (fault !== NO_FAULT && !labels.isMet)
    return notTried(`the fault did not happen${seen.code === null ? '' : `, but ${status} ${seen.code}`}`)
  if (seen.kind === 'error') return refusalOf(one)
  return answerOf(one)
}

const notTried = (says: string): Judged => ({ outcome: 'not-tried', says })
const broken = (says: string): Judged => ({ outcome: 'broken', says })

/** A guardrail that has no verdict on words that were said; `unknown` where nobody can tell. */
function unseenBy({ seen, guardrails, verdicts }: Case): string | undefined {
  if (seen.text === '' || guardrails.length === 0) return undefined
  if (verdicts === null) return 'unknown'
  // What a guardrail says in place of an answer is nobody's words.
  if (verdicts.some(({ on, verdict }) => on === 'input' && verdict === 'blocked')) return undefined
  const said = new Set(verdicts.map(({ id }) => id))
  const unseen = guardrails.filter((id) => !said.has(id))
  return unseen.length === 0 ? undefined : unseen.join(', ')
}

function refusalOf({ fault, status, seen }: Case): Judged {
  if (status === 200)
    return { outcome: 'refused', says: `${seen.text === '' ? 'no word' : 'some words'}, then the error ${seen.code}` }
  const isRight = RIGHT_STATUS.has(status) || (status === 429 && fault === 'provider-limited')
  const says = `${status} ${seen.code}`
  return isRight ? { outcome: 'refused', says } : broken(`${says}, which is the wrong status for a failure of others`)
}

function answerOf({ fault, seen, labels, verdicts, abstentions }: Case): Judged {
  if (seen.text === '' && !seen.hasCalls) return broken('an empty answer that calls itself whole')
  const blocked = verdicts?.find(({ verdict }) => verdict === 'blocked')
  if (blocked) return { outcome: 'poorer', says: `what the guardrail ${blocked.id} says in place of an answer` }
  if (abstentions.includes(seen.text)) return { outcome: 'poorer', says: 'that it cannot answer, in its own words' }
  if (fault === NO_FAULT) return { outcome: 'good', says: 'its answer' }
  if (placeOf(fault) === 'index') return broken('an answer as if nothing were missing')
  if (labels.fallback !== null) return { outcome: 'good', says: `the answer of the fallback ${labels.fallback}` }
  if (labels.target !== null && labels.attempts > 1)
    return { outcome: 'good', says: `the answer of ${labels.target}, another target of its route` }
  if (fault === 'provider-cut' || fault === 'provider-truncated')
    return broken('half of an answer that calls itself whole')
  return broken('an answer that does not say how it came about')
}
