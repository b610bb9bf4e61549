/** An answer in JSON that is written while it is read, for what is too long to be in memory as a whole. */
import type { Ask, Mounted } from './handle.ts'
import type { RouteShape } from './route.ts'

/**
 * As `handle`; the texts together are one JSON value. That it is what the contract says is for a test of the route to
 * show, because no schema sees it.
 */
export const handleInPieces = <const Shape extends RouteShape>(
  route: Shape,
  handler: (ask: Ask<Shape>) => Promise<AsyncIterable<string>>,
): Mounted => ({
  route,
  // The types are proved by the parameter above; a list of routes cannot carry them.
  handler: async (ask) => streamOf(await handler(ask as unknown as Ask<Shape>)),
})

function streamOf(pieces: AsyncIterable<string>): Response {
  const encoder = new TextEncoder()
  const iterator = pieces[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await iterator.return?.()),
  })
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}
