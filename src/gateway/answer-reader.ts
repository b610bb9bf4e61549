/**
 * Reads what a provider's JSON says (text, usage, finish reason) after it has passed, from the bytes that were kept.
 * Of an answer that was too large to keep, the usage is read from its tail.
 */
import { isRecord } from './protocols/parsed-request.ts'
import type { Protocol } from './protocols/protocol.ts'
import { NOTHING_READ, type Read } from './protocols/read.ts'

/** Undefined for what is no answer of such a call. */
export function readJson(protocol: Protocol, bytes: Buffer): Read | undefined {
  const value = parsed(bytes.toString('utf8'))
  if (!isRecord(value)) return undefined
  try {
    return protocol.readAnswer(value)
  } catch {
    return undefined
  }
}

/** The last `"usage"` in the end of an answer that was not kept whole. Its text is not known. */
export function readTail(protocol: Protocol, tail: Buffer): Read {
  const text = tail.toString('utf8')
  const from = text.lastIndexOf('"usage"')
  const value = from < 0 ? undefined : parsed(balanced(text, text.indexOf('{', from)))
  return {
    ...NOTHING_READ,
    finishReason: /"(?:finish_reason|stop_reason)"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? null,
    usage: isRecord(value) ? protocol.readUsage(value) : undefined,
  }
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
