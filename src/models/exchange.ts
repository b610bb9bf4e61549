/** Tools, and what was said while they were called, as the dialects' canonical form has them. */
import type { Turn } from '../core/conversation.ts'
import type { Message, Tool } from '../dialects/index.ts'
import type { CompletionRequest } from './completion.ts'

export const offeredTools = ({ tools = [] }: Pick<CompletionRequest, 'tools'>): Tool[] =>
  tools.map(({ name, description, schema }) => ({ kind: 'function', name, description, schema }))

export const spokenMessages = ({ messages }: Pick<CompletionRequest, 'messages'>): Message[] =>
  messages.map(({ role, content }) => ({ role, content: [{ kind: 'text', text: content }] }))

export const exchangeMessages = ({ exchange = [] }: Pick<CompletionRequest, 'exchange'>): Message[] =>
  exchange.map((turn) =>
    turn.kind === 'said'
      ? { role: 'assistant', content: turn.parts }
      : {
          role: 'user',
          content: turn.results.map(({ callId, text, isError }) => ({
            kind: 'tool-result',
            callId,
            content: [{ kind: 'text', text }],
            ...(isError && { isError }),
          })),
        },
  )

/** The words of it, for counting. */
export const exchangeText = ({ exchange = [] }: Pick<CompletionRequest, 'exchange'>): Turn[] =>
  exchange.map((turn) =>
    turn.kind === 'said'
      ? { role: 'assistant', content: turn.parts.map(textOfPart).join('\n') }
      : { role: 'user', content: turn.results.map(({ text }) => text).join('\n') },
  )

const textOfPart = (part: Message['content'][number]): string =>
  part.kind === 'text' || part.kind === 'reasoning' ? part.text : part.kind === 'tool-call' ? part.arguments : ''
