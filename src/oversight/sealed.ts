/**
 * Which columns of what overseers look at hold what was said, and what stands in them when it is sealed: all of it is one
 * text in the column `sealed`, without which a row is in clear. Counts and filters are made of the rest.
 */
import { type ContentSeal, unreadable } from '../kernel/content-seal.ts'
import type { HeldCall } from './calls/held-call.ts'
import type { HeldAnswer } from './held-answer.ts'

export type Sealed<Row> = Row & { readonly sealed: string | null }

type AnswerContent = Pick<HeldAnswer, 'turns' | 'answer' | 'given'>

/** Closed where what comes is sealed. That something was given at all stays countable. */
export function closedAnswer(row: HeldAnswer, seal: ContentSeal | undefined): Sealed<HeldAnswer> {
  if (!seal?.isOn) return { ...row, sealed: null }
  const { id, turns, answer, given } = row
  const content: AnswerContent = { turns, answer, given }
  const sealed = seal.close(ownerOf(id), JSON.stringify(content))
  return { ...row, turns: [], answer: '', given: given && '', sealed }
}

export const openedAnswer = (row: Sealed<HeldAnswer>, seal: ContentSeal | undefined): HeldAnswer =>
  opened<HeldAnswer, AnswerContent>(row, seal)

type CallContent = Pick<HeldCall, 'arguments' | 'result' | 'error'>

export function closedCall(row: HeldCall, seal: ContentSeal | undefined): Sealed<HeldCall> {
  if (!seal?.isOn) return { ...row, sealed: null }
  const { id, arguments: given, result, error } = row
  const content: CallContent = { arguments: given, result, error }
  const sealed = seal.close(ownerOf(id), JSON.stringify(content))
  return { ...row, arguments: '', result: result && '', error: error && '', sealed }
}

export const openedCall = (row: Sealed<HeldCall>, seal: ContentSeal | undefined): HeldCall =>
  opened<HeldCall, CallContent>(row, seal)

const ownerOf = (id: string) => `held ${id}`

function opened<Row extends { id: string }, Content extends Partial<Row>>(
  { sealed, ...row }: Sealed<Row>,
  seal: ContentSeal | undefined,
): Row {
  const owner = ownerOf(row.id as string)
  if (sealed === null) return row as unknown as Row
  if (!seal) throw unreadable(owner)
  // What was closed above has the shape that it had.
  return { ...row, ...(JSON.parse(seal.open(owner, sealed)) as Content) } as unknown as Row
}
