/** The conversation as dialects want it that demand that user and assistant take turns, with instructions set apart. */
import type { Message } from './request.ts'

/** Neighbours of one role as one message, results of tools first; without instructions. */
export function joinedTurns(messages: readonly Message[]): Message[] {
  const out: Message[] = []
  for (const message of messages) {
    if (message.role === 'system') continue
    const last = out.at(-1)
    if (last?.role === message.role) out[out.length - 1] = { ...last, content: [...last.content, ...message.content] }
    else out.push(message)
  }
  return out.map((message) =>
    message.role === 'user'
      ? {
          ...message,
          content: [
            ...message.content.filter(({ kind }) => kind === 'tool-result'),
            ...message.content.filter(({ kind }) => kind !== 'tool-result'),
          ],
        }
      : message,
  )
}

/** Instructions that stand between turns lose their place. */
export function hasLateInstructions(messages: readonly Message[]): boolean {
  const first = messages.findIndex(({ role }) => role !== 'system')
  return first >= 0 && messages.slice(first).some(({ role }) => role === 'system')
}
