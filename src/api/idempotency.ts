/**
 * `Idempotency-Key`: the same key, actor and route give the answer of the first run for a day.
 *
 * Answers may hold a secret that is shown once, so they are kept encrypted under the master key, and requests
 * as an HMAC. A run that failed or broke leaves nothing, so that it can be tried again.
 */
import { createHmac } from 'node:crypto'
import { Failure } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { createSeal } from '../kernel/seal.ts'
import type { Secret } from '../kernel/secret.ts'
import { type Clock, DAY, later, MINUTE } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { ServerDeps } from '../wire/server.ts'
import type { KeptAnswer } from './kept-answer.ts'

import { type Claim, claimAnswer, keepAnswer, releaseClaim, removeOldAnswers } from './store.ts'

const KEPT_MS = DAY
/** A run that is older than this died with its process. */
const ABANDONED_MS = 2 * MINUTE
const SWEEP_MS = 10 * MINUTE

export function createIdempotency({
  db,
  clock,
  random,
  masterKey,
  organisation,
}: {
  db: Database
  clock: Clock
  random: RandomBytes
  masterKey: Secret
  organisation: string
}): NonNullable<ServerDeps['once']> {
  const seal = createSeal({ masterKey, purpose: 'idempotency', random })
  const fingerprintOf = (text: string) =>
    createHmac('sha256', masterKey.reveal()).update(`idempotency\n${text}`).digest('base64url')
  let swept = clock()

  return async ({ caller, route, key, fingerprint: text, run }) => {
    if (!/^[\x21-\x7e]{1,255}$/.test(key))
      throw new Failure(
        'invalid',
        'api.idempotency-key-invalid',
        'An Idempotency-Key has 1 to 255 visible ASCII characters; a UUID will do.',
      )
    const now = clock()
    if (later(swept, SWEEP_MS) <= now) {
      swept = now
      await removeOldAnswers(db, later(now, -KEPT_MS))
    }
    const claim: Claim = { organisation, actor: caller.actor, route: route.name, key }
    const fingerprint = fingerprintOf(text)
    const there = await claimAnswer(db, {
      row: { ...claim, fingerprint, status: null, answer: null, createdAt: now },
      forgottenBefore: later(now, -KEPT_MS),
      abandonedBefore: later(now, -ABANDONED_MS),
    })
    if (there) return answerFrom(there, fingerprint)

    let isKept = false
    try {
      const response = await run()
      if (response.status >= 500 || !isPlain(response)) return response
      const body = await response.text()
      const answer = seal.close(JSON.stringify({ type: response.headers.get('content-type'), body }))
      await keepAnswer(db, claim, { status: response.status, answer })
      isKept = true
      return new Response(response.status === 204 ? null : body, { status: response.status, headers: response.headers })
    } finally {
      if (!isKept) await releaseClaim(db, claim)
    }
  }

  function answerFrom({ fingerprint, status, answer }: KeptAnswer, asked: string): Response {
    if (fingerprint !== asked)
      throw new Failure(
        'conflict',
        'api.idempotency-mismatch',
        'This Idempotency-Key was used for another request to this route. Use a new key for a new request.',
      )
    if (status === null || answer === null)
      throw new Failure(
        'conflict',
        'api.idempotency-running',
        'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
        { facts: { retryAfterMs: 1000 } },
      )
    const { type, body } = JSON.parse(seal.open(answer)) as { type: string | null; body: string }
    return new Response(status === 204 ? null : body, {
      status,
      headers: {
        ...(type !== null && { 'content-type': type }),
        'cache-control': 'no-store',
        'idempotent-replayed': 'true',
      },
    })
  }
}

const isPlain = (response: Response): boolean =>
  response.body === null || (response.headers.get('content-type') ?? '').includes('json')
