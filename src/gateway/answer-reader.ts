/**
 * Reads what a provider's answer says (text, usage, finish reason) after it has passed, from the bytes that were kept.
 * Nothing here is on the way of the bytes. Of an answer that was too large to keep, the usage is read from its tail.
 */
import type { Kept } from './kept-bytes.ts'
import { isRecord } from './protocols/parsed-request.ts'
import type { Protocol } from './protocols/protocol.ts'
import { NOTHING_READ, type Read } from './protocols/read.ts'

export function readJson(protocol: Protocol, bytes: Buffer): Read {
  const value = parsed(bytes.toString('utf8'))
  if (!isRecord(value)) return NOTHING_READ
  try {
    return protocol.readAnswer(value)
  } catch {
    // JSON of another kind, which goes to the client as it came.
    return { ...NOTHING_READ, isWhole: true }
  }
}

/** What an answer holds that may not be whole. */
export const readPart = (protocol: Protocol, kept: Kept): Read =>
  'whole' in kept ? protocol.readEvents(dataIn(kept.whole)) : readTail(protocol, kept.tail)

/** The last `"usage"` in the end of an answer that was not kept whole. Its text is not known. */
export function readTail(protocol: Protocol, tail: Buffer): Read {
  const text = tail.toString('utf8')
  const from = text.lastIndexOf('"usage"')
  const value = from < 0 ? undefined : parsed(balanced(text, text.indexOf('{', from)))
  return {
    ...NOTHING_READ,
    finishReason: /"(?:finish_reason|stop_reason)"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? null,
    usage: isRecord(value) ? protocol.readUsage(value) : undefined,
    isWhole: protocol.lastEvent.test(text),
  }
}

function* dataIn(bytes: Buffer): Generator<string> {
  for (const line of bytes.toString('utf8').split('\n')) if (line.startsWith('data:')) yield line.slice(5).trim()
}

function balanced(text: string, from: number): string {
  if (from < 0) return ''
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}' && --depth === 0) return text.slice(from, at + 1)
  }
  return ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
