/** Reads a request's body with a cap: what is larger is refused before it is taken into memory. */
import type { IncomingMessage } from 'node:http'
import { Failure } from '../kernel/failure.ts'

/** Calls back once, with the bytes or with what is wrong; not at all when the client hangs up meanwhile. */
export function readBody(
  request: IncomingMessage,
  { limit, done }: { limit: number; done: (bytes: Buffer | Failure) => void },
): void {
  const refusal = refusalOf(request, limit)
  if (refusal) {
    done(refusal)
    return
  }
  const chunks: Buffer[] = []
  let size = 0
  const onData = (chunk: Buffer) => {
    size += chunk.length
    chunks.push(chunk)
    if (size <= limit) return
    request.off('data', onData)
    request.off('end', onEnd)
    chunks.length = 0
    done(tooLarge(limit))
  }
  const onEnd = () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
  request.on('data', onData)
  request.on('end', onEnd)
}

function refusalOf({ headers }: IncomingMessage, limit: number): Failure | undefined {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity')
    return new Failure('invalid', 'gateway.encoding-not-taken', `The body is encoded as ${encoding}; send it plain.`)
  return Number(headers['content-length'] ?? 0) > limit ? tooLarge(limit) : undefined
}

const tooLarge = (limit: number): Failure =>
  new Failure(
    'too-large',
    'gateway.body-too-large',
    `The body is larger than the ${limit} bytes that the gateway takes. Send a shorter conversation.`,
    { facts: { limit } },
  )
