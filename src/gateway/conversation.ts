/**
 * The conversation of an application. Calls and results behind the last question are what its answer goes on from; those
 * of earlier questions are left out, as their answers say what came of them.
 */
import type { Turn } from '../core/conversation.ts'
import type { Release } from '../core/release.ts'
import type { Message, Part } from '../dialects/index.ts'
import type { ExchangeTurn, SaidPart, ToolResult } from '../models/index.ts'
import { type ClientRequest, canonicalOf, demandUser, textOfPart } from './client-request.ts'
import { wrong } from './protocols/parsed-request.ts'

export type Conversation = {
  /** Up to the last question, as text. */
  readonly turns: Turn[]
  /** What came behind it: calls that were handed out, and what the caller did with them. */
  readonly exchange: ExchangeTurn[]
  /** The first call or result of a tool, for an application that hands none out. */
  readonly ofTool: { readonly part: Part; readonly at: string } | undefined
}

/** Refuses calls and results where no tool of the release is called by its client. */
export function demandHandedOut({ manifest }: Pick<Release, 'manifest'>, { ofTool }: Conversation): void {
  if (ofTool && !manifest.tools?.some(({ tool }) => tool.call.kind === 'client')) textOfPart(ofTool.part, ofTool.at)
}

/** Throws for pictures and files, and for a conversation without a question. */
export function conversationOf({ protocol, body }: ClientRequest): Conversation {
  const { messages } = canonicalOf({ protocol, body }).request
  const [ofTool] = messages.flatMap(({ content }, index) =>
    content.filter(isOfTool).map((part) => ({ part, at: `messages.${index}` })),
  )
  const asked = 1 + messages.findLastIndex(({ role, content }) => role === 'user' && !content.every(isResult))
  const goesOn = messages.slice(asked).some(({ content }) => content.some(isOfTool))
  const turns = (goesOn ? messages.slice(0, asked) : messages).flatMap(turnOf)
  if (ofTool && asked === 0) textOfPart(ofTool.part, ofTool.at)
  demandUser(turns)
  return { turns, ofTool, exchange: goesOn ? exchangeOf(messages, asked) : [] }
}

function turnOf({ role, content }: Message, index: number): Turn[] {
  const words = content.filter((part) => !isOfTool(part))
  // A message of calls or results alone says nothing.
  if (words.length === 0 && content.length > 0) return []
  return [{ role, content: words.flatMap((part) => textOfPart(part, `messages.${index}`)).join('\n') }]
}

function exchangeOf(messages: readonly Message[], from: number): ExchangeTurn[] {
  const turns: ExchangeTurn[] = []
  for (const [place, { role, content }] of messages.slice(from).entries()) {
    const at = `messages.${from + place}`
    if (role === 'system') throw wrong(at, `Instructions stand before the question that they are for, not in ${at}.`)
    if (role === 'user') {
      turns.push({ kind: 'results', results: content.flatMap((part) => resultIn(part, at)) })
      continue
    }
    const parts = content.flatMap((part) => saidIn(part, at))
    const before = turns.at(-1)
    // Some dialects tell each call by itself.
    if (before?.kind === 'said') turns.splice(-1, 1, { kind: 'said', parts: [...before.parts, ...parts] })
    else turns.push({ kind: 'said', parts })
  }
  return turns
}

function saidIn(part: Part, at: string): SaidPart[] {
  if (part.kind === 'tool-call' || part.kind === 'reasoning') return [part]
  return textOfPart(part, at).map((text) => ({ kind: 'text', text }))
}

function resultIn(part: Part, at: string): ToolResult[] {
  if (part.kind !== 'tool-result') throw wrong(at, `Results of tools stand by themselves; found more in ${at}.`)
  const text = part.content.flatMap((one) => textOfPart(one, at)).join('\n')
  return [{ callId: part.callId, text, isError: part.isError === true }]
}

const isOfTool = ({ kind }: Part): boolean => kind === 'tool-call' || kind === 'tool-result'
const isResult = ({ kind }: Part): boolean => kind === 'tool-result'
