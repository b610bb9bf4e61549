/** Asks one release. The route is not in the SDK yet; when it is, this file becomes one call of the client. */
import { AirworthyError, type Turn } from '../../../sdk/index.ts'

export type Answer = {
  answer: string
  passages: { id: string; title: string; text: string; source?: string; score?: number }[]
  citations: string[]
  invalidCitations: string[]
  abstained: boolean
  servedBy: string | null
  usage: { inputTokens: number; outputTokens: number; estimated: boolean }
  costMicroUsd: string | null
  latencyMs: number
  trace: string | null
}

export async function askRelease({
  release,
  turns,
  signal,
}: {
  release: string
  turns: readonly Turn[]
  signal: AbortSignal
}): Promise<Answer> {
  const response = await fetch(`/api/v1/releases/${release}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ turns }),
    signal,
  })
  const body: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new AirworthyError(response.status, body as { code?: string; detail?: string })
  return body as Answer
}
