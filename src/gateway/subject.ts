/**
 * The sticky subject: whoever keeps an arm for the length of a rollout. A person when the client names one, else the
 * conversation, known by its first user turn and the key.
 */
import { hash } from 'node:crypto'
import { firstUserText } from '../core/asked.ts'
import type { Turn } from '../core/conversation.ts'
import type { SubjectSource } from '../telemetry/index.ts'
import type { ClientRequest } from './client-request.ts'

export type Subject = {
  /** Chooses the arm; never stored. */
  readonly value: string
  readonly source: SubjectSource
  /** The subject hashed, as it is stored. */
  readonly unit: string
}

export function subjectOf({
  header,
  chat,
  key,
}: {
  header: string | undefined
  chat: ClientRequest
  key: string | null
}): Subject {
  if (header) return subject(header, 'header')
  if (chat.safetyIdentifier !== null) return subject(chat.safetyIdentifier, 'safety-identifier')
  if (chat.user !== null) return subject(chat.user, 'user')
  const conversation = hashOf(`${key ?? ''}\n${firstUserText(chat.protocol.messages(chat.body))}`)
  return { value: conversation, source: 'conversation', unit: conversation }
}

/** A conversation of a subject, known by its first user turn. */
export const conversationOf = (application: string, { unit }: Subject, turns: readonly Turn[]): string =>
  hashOf(`${application}\n${unit}\n${turns.find(({ role }) => role === 'user')?.content ?? ''}`)

const subject = (value: string, source: SubjectSource): Subject => ({ value, source, unit: hashOf(value) })

const hashOf = (text: string): string => hash('sha256', text).slice(0, 32)
