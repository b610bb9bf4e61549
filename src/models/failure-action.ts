/**
 * What is done about a provider's refusal, as one table over its status and its words.
 *
 * rotate-key: it is about our key, another one may be taken · retry: it may pass, here or elsewhere · fail-over: it will
 * not pass here, but may elsewhere · return: it is about the request, and goes to the client as it is.
 */
import { Failure } from '../kernel/failure.ts'
import { askedToWait } from './asked-to-wait.ts'
import type { UpstreamHeaders } from './call.ts'

export type FailureAction = 'rotate-key' | 'retry' | 'fail-over' | 'return'

export type Trouble = {
  readonly action: FailureAction
  /** How long the provider wants to be left alone; undefined when it does not say. */
  readonly waitMs: number | undefined
  /** How long the key that was used should rest; undefined when it is not about the key. */
  readonly keyRest: { readonly ms: number; readonly reason: string } | undefined
}

const MINUTE = 60_000

/** By status, where the words do not say otherwise. */
const ACTIONS: Readonly<Record<number, FailureAction>> = {
  401: 'rotate-key',
  402: 'rotate-key',
  403: 'rotate-key',
  404: 'fail-over',
  408: 'retry',
  425: 'retry',
  429: 'rotate-key',
  500: 'retry',
  502: 'retry',
  503: 'retry',
  504: 'retry',
  520: 'retry',
  522: 'retry',
  524: 'retry',
  529: 'retry',
}

/** By code, for failures without a status. Who was too slow is not asked again for the same request: it would be as slow, and the client waits. */
const ACTIONS_BY_CODE: Readonly<Record<string, FailureAction>> = {
  'models.upstream-timeout': 'fail-over',
  'models.upstream-unreachable': 'retry',
  'models.upstream-failed': 'retry',
  'models.upstream-unreadable': 'retry',
  'models.upstream-limited': 'retry',
  'models.upstream-refused-key': 'fail-over',
  'models.upstream-unknown-model': 'fail-over',
  'models.scripted-failure': 'retry',
  'models.stream-cut': 'retry',
  'models.key-missing': 'fail-over',
  'models.token-failed': 'rotate-key',
  'models.key-said-back': 'fail-over',
  'models.unknown-model': 'fail-over',
  'access.switched-off': 'fail-over',
}

export const actionOfCode = (code: string): FailureAction => ACTIONS_BY_CODE[code] ?? 'return'

/** By code, else by the status that the provider answered with. */
export function actionOf(thrown: unknown): FailureAction {
  if (!(thrown instanceof Failure)) return 'return'
  const { upstreamStatus } = thrown.facts
  const byCode = actionOfCode(thrown.code)
  return byCode === 'return' && typeof upstreamStatus === 'number' ? (ACTIONS[upstreamStatus] ?? 'return') : byCode
}

/** Whether a status alone says that somebody else may do better. */
export const mayHeal = (status: number): boolean => status in ACTIONS

/** A key whose money has run out gets none within the minute; OpenAI says so with 429, others with 402. */
const NO_MONEY =
  /insufficient_quota|insufficient_credit|insufficient_balance|billing_(?:hard_limit|not_active)|credit balance is too low/i

/** How a key rests by what became of it, when the provider does not say how long. */
const RESTS: Readonly<Record<number, { ms: number; reason: string }>> = {
  401: { ms: 5 * MINUTE, reason: 'The provider does not accept it (401).' },
  402: { ms: 15 * MINUTE, reason: 'Its money has run out (402).' },
  403: { ms: 5 * MINUTE, reason: 'The provider does not allow it this (403).' },
  429: { ms: MINUTE / 6, reason: 'The provider limits it (429).' },
}

export function troubleOf({
  status,
  headers,
  text,
  nowMs,
}: {
  status: number
  headers: UpstreamHeaders
  /** The body as far as it came. */
  text: string
  nowMs: number
}): Trouble {
  const action = ACTIONS[status] ?? 'return'
  const waitMs = status === 429 || status >= 500 ? askedToWait({ headers, text, nowMs }) : undefined
  const usual = RESTS[status]
  if (action !== 'rotate-key' || !usual) return { action, waitMs, keyRest: undefined }
  if (status === 429 && NO_MONEY.test(text))
    return { action, waitMs: undefined, keyRest: { ms: 15 * MINUTE, reason: 'Its quota has run out (429).' } }
  return { action, waitMs, keyRest: { ms: waitMs ?? usual.ms, reason: usual.reason } }
}
