/** The audit log as a stream of JSON lines: a page is read when the client has taken the one before. */
import type { AuditEntry } from './audit-entry.ts'

export function exportOf(pages: AsyncGenerator<AuditEntry[]>, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = signal.aborted ? await pages.return(undefined) : await pages.next()
      if (done || !value) controller.close()
      else controller.enqueue(encoder.encode(value.map((entry) => `${JSON.stringify(entry)}\n`).join('')))
    },
    cancel: async () => {
      await pages.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="audit.jsonl"',
      'cache-control': 'no-store',
    },
  })
}
