/** A settled request as tests and the bench make them. */

import { Digest } from '../kernel/digest.ts'
import { createIds } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { systemClock } from '../kernel/time.ts'
import type { Settled } from './settled.ts'

const newId = createIds({ clock: systemClock, random: secureBytes })

export const release = newId('rel')
export const rollout = { id: newId('rol'), share: 0.2 }
export const hexOf = (bytes: number): string => Buffer.from(secureBytes(bytes)).toString('hex')

export function example(change: Partial<Settled> = {}): Settled {
  const traceId = hexOf(16)
  const at = systemClock()
  return {
    traceId,
    spanId: hexOf(8),
    remoteParent: null,
    at,
    organisation: 'default',
    keyId: 'key_1',
    application: 'helpdesk',
    stage: 'poc',
    release,
    releaseDigest: `sha256:${'a'.repeat(64)}`,
    arm: 'candidate',
    rollout,
    unit: hexOf(16),
    subjectSource: 'header',
    requestedModel: 'helpdesk',
    servedBy: 'local/extractive',
    provider: 'local',
    responseId: `chatcmpl-${traceId}`,
    operation: 'chat',
    stream: false,
    status: 'complete',
    httpStatus: 200,
    errorCode: null,
    finishReason: 'stop',
    latencyMs: 42.5,
    firstTokenMs: 10,
    overheadMs: 0.4,
    usage: { inputTokens: 100, outputTokens: 20, estimated: false },
    costMicroUsd: MicroUsd.parse('12.5'),
    priceBook: { name: 'public', digest: Digest.parse(`sha256:${'b'.repeat(64)}`) },
    charges: [],
    abstained: false,
    citations: [{ id: 'p1', title: 'Orders', source: 'orders.md' }],
    invalidCitations: [],
    input: [{ role: 'user', content: 'Where is my order?' }],
    output: 'It left on Monday. [1]',
    steps: [
      {
        id: 'find',
        name: 'retrieve orders',
        kind: 'retrieve',
        startedAt: at,
        durationMs: 3,
        attributes: { 'gen_ai.operation.name': 'retrieval' },
        error: null,
      },
    ],
    metadata: {},
    user: 'u1',
    ...change,
  }
}
