/**
 * An event as a line of JSON that PostgreSQL's jsonb takes: it refuses NUL and halves of surrogate pairs, which
 * people do paste into chats, and one such line would spoil its batch.
 */
import type { Settled } from './settled.ts'

export function lineOf(event: Settled): string {
  const text = JSON.stringify(event)
  // `JSON.stringify` writes lone surrogates as \ud800 … \udfff, and nothing else in that way.
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text
  return JSON.stringify(event, (_key, value) => (typeof value === 'string' ? clean(value) : value))
}

export const clean = (text: string): string =>
  text.isWellFormed() && !text.includes('\u0000') ? text : text.toWellFormed().replaceAll('\u0000', '\uFFFD')
