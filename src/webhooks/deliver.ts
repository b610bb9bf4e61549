/** One try of one delivery: signs, sends behind the guard, and says what comes next. */
import { messageOf } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { retryAfterMs } from '../kernel/retry-after.ts'
import type { Seal } from '../kernel/seal.ts'
import { Secret } from '../kernel/secret.ts'
import { type Clock, epochMs, later, SECOND } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { SendPost } from '../wire/post.ts'
import type { DeliveryId } from './contract.ts'
import type { DeliveryRow, WebhookRow } from './rows.ts'
import { waitAfter } from './schedule.ts'
import { signatureHeaders } from './sign.ts'
import { changeDelivery, changeWebhook, findDelivery, findWebhook } from './store.ts'

const TIMEOUT_MS = 15 * SECOND
const GONE = 410

export type DeliverDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly random: RandomBytes
  readonly seal: Seal
  readonly post: SendPost
}

export async function deliver(deps: DeliverDeps, id: DeliveryId, signal: AbortSignal): Promise<void> {
  const { db, clock, random } = deps
  const delivery = await findDelivery(db, id)
  const webhook = delivery && (await findWebhook(db, delivery.webhook))
  if (!delivery || !webhook?.enabled || delivery.state !== 'waiting') return
  const answer = await attempt(deps, webhook, delivery, signal)
  // Stopping is no answer: the job is taken up again by the next start.
  signal.throwIfAborted()
  const at = clock()
  const attempts = [...delivery.attempts, { at, status: answer.status, error: answer.error }]
  if (answer.error === null) {
    await changeDelivery(db, id, { state: 'delivered', attempts, nextAt: null, deliveredAt: at })
    return
  }
  if (answer.status === GONE)
    await changeWebhook(db, webhook.id, { enabled: false, disabledBecause: 'The receiver answered 410: it is gone.' })
  const chance = Buffer.from(random(4)).readUInt32BE() / 0xffff_ffff
  const wait =
    answer.status === GONE
      ? undefined
      : waitAfter(attempts.length, { chance, ...(answer.askedMs !== undefined && { askedMs: answer.askedMs }) })
  await changeDelivery(db, id, {
    state: wait === undefined ? 'failed' : 'waiting',
    attempts,
    nextAt: wait === undefined ? null : later(at, wait),
    deliveredAt: null,
  })
}

type Answer = { status: number | null; error: string | null; askedMs?: number | undefined }

async function attempt(
  { clock, seal, post }: DeliverDeps,
  webhook: WebhookRow,
  { event, payload }: DeliveryRow,
  signal: AbortSignal,
): Promise<Answer> {
  const now = clock()
  const timestamp = Math.floor(epochMs(now) / SECOND)
  try {
    const { status, headers } = await post({
      url: webhook.url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Airworthy-Webhooks/1',
        ...signatureHeaders({ id: event, timestamp, payload, secrets: secretsOf(webhook, seal, now) }),
      },
      body: payload,
      timeoutMs: TIMEOUT_MS,
      signal,
    })
    if (status >= 200 && status < 300) return { status, error: null }
    return {
      status,
      error: `The receiver answered ${status}.`,
      askedMs: retryAfterMs(headers['retry-after'], epochMs(now)),
    }
  } catch (thrown) {
    return { status: null, error: messageOf(thrown) }
  }
}

/** The present secret, and for a day after it was changed the one before. */
function secretsOf({ id, secret, previousSecret, previousUntil }: WebhookRow, seal: Seal, now: string): Secret[] {
  const isBefore = previousSecret !== null && previousUntil !== null && previousUntil > now
  return [secret, ...(isBefore ? [previousSecret] : [])].map((sealed) => new Secret(seal.open(sealed, id)))
}
