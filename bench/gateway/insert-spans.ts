/** Spans on both ways in: as requests that the gateway settled, and as OTLP from other programs. */
import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Settled, Telemetry } from '../../src/telemetry/index.ts'
import type { Caller } from '../../src/wire/caller.ts'

const STEPS = 3
const BATCH = 1000
const hex = (bytes: number) => randomBytes(bytes).toString('hex')

/** A root span and three steps a request, settled as fast as a thousand requests a second would, until all are in the database. */
export async function insertSettled(telemetry: Telemetry, spans: number): Promise<void> {
  const requests = Math.ceil(spans / (STEPS + 1))
  for (let done = 0; done < requests; done += 10) {
    for (let n = 0; n < Math.min(10, requests - done); n += 1) telemetry.recorder.settle(settled())
    await wait(10)
  }
  await telemetry.recorder.drain()
}

export async function insertSpans(
  telemetry: Telemetry,
  { spans, caller }: { spans: number; caller: Caller },
): Promise<void> {
  const texts = Array.from({ length: Math.min(10, Math.ceil(spans / BATCH)) }, () => otlp(Math.min(BATCH, spans)))
  for (let done = 0, n = 0; done < spans; done += BATCH, n += 1) {
    // The same spans in another trace each time; making the text anew would be measured too.
    const text = (texts[n % texts.length] ?? '').replaceAll('0123456789abcdef', hex(8))
    await telemetry.receive({ caller, bytes: Buffer.from(text), format: 'json', isGzip: false })
  }
}

function settled(): Settled {
  const at = new Date().toISOString() as Settled['at']
  const traceId = hex(16)
  return {
    traceId,
    spanId: hex(8),
    remoteParent: null,
    at,
    organisation: 'default',
    keyId: null,
    application: 'bench',
    stage: 'poc',
    release: null,
    releaseDigest: null,
    arm: 'control',
    rollout: null,
    unit: hex(16),
    subjectSource: 'user',
    requestedModel: 'bench',
    servedBy: 'local/extractive',
    provider: 'local',
    responseId: `chatcmpl-${traceId}`,
    operation: 'chat',
    stream: false,
    status: 'complete',
    httpStatus: 200,
    errorCode: null,
    finishReason: 'stop',
    latencyMs: 12.5,
    firstTokenMs: null,
    overheadMs: 0.3,
    usage: { inputTokens: 250, outputTokens: 195, estimated: false },
    charges: [],
    costMicroUsd: '12.5' as Settled['costMicroUsd'],
    priceBook: null,
    abstained: false,
    citations: [],
    invalidCitations: [],
    input: [{ role: 'user', content: 'q'.repeat(200) }],
    output: 'a'.repeat(800),
    steps: Array.from({ length: STEPS }, (_, n) => ({
      id: `step-${n}`,
      name: `step ${n}`,
      kind: 'generate',
      startedAt: at,
      durationMs: 4,
      attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 250 },
      error: null,
    })),
    metadata: {},
    user: null,
  }
}

function otlp(spans: number): string {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const number = (key: string, intValue: number) => ({ key, value: { intValue: String(intValue) } })
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'bench')] },
        scopeSpans: [
          {
            spans: Array.from({ length: spans }, (_, n) => ({
              traceId: `0123456789abcdef${String(Math.floor(n / 4)).padStart(16, '0')}`,
              spanId: hex(8),
              name: 'chat bench',
              kind: 3,
              startTimeUnixNano: '1772359200000000000',
              endTimeUnixNano: '1772359200250000000',
              attributes: [
                text('gen_ai.provider.name', 'bench'),
                text('gen_ai.request.model', 'bench'),
                number('gen_ai.usage.input_tokens', 250),
                number('gen_ai.usage.output_tokens', 195),
                text('note', 'n'.repeat(200)),
              ],
            })),
          },
        ],
      },
    ],
  })
}
