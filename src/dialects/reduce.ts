/** From events to the whole answer, and back: the two forms say the same. */
import type { Answer, AnswerBlock, AnswerEvent, AnswerUsage, BlockStart } from './answer.ts'

type Draft = { -readonly [Field in keyof Answer]: Answer[Field] } & { blocks: AnswerBlock[] }

/** Takes events one by one; `take` gives what is known by then. */
export function createReducer(): { push(event: AnswerEvent): void; take(): Answer } {
  const draft: Draft = { id: null, model: null, blocks: [], finish: null, usage: null, error: null, isWhole: false }
  /** Where block n of the stream stands; one that was never opened has no place. */
  const places = new Map<number, number>()
  const change = (block: number, how: (found: AnswerBlock) => AnswerBlock) => {
    const place = places.get(block)
    const found = place === undefined ? undefined : draft.blocks[place]
    if (place !== undefined && found) draft.blocks[place] = how(found)
  }
  return {
    push(event) {
      switch (event.type) {
        case 'start':
          draft.id = event.id ?? draft.id
          draft.model = event.model ?? draft.model
          break
        case 'open':
          places.set(event.block, draft.blocks.length)
          draft.blocks.push(opened(event.start))
          break
        case 'delta':
          change(event.block, (found) => grown(found, event.text))
          break
        case 'signature':
          change(event.block, (found) =>
            found.kind === 'reasoning' || found.kind === 'tool-call' ? { ...found, signature: event.signature } : found,
          )
          break
        case 'sealed':
          change(event.block, (found) => (found.kind === 'reasoning' ? { ...found, sealed: event.sealed } : found))
          break
        case 'citation':
          change(event.block, (found) =>
            found.kind === 'text' ? { ...found, citations: [...(found.citations ?? []), event.citation] } : found,
          )
          break
        case 'sources':
          draft.sources = event.sources
          break
        case 'restart':
          draft.blocks = []
          places.clear()
          break
        case 'usage':
          draft.usage = mergeUsage(draft.usage, event.usage)
          break
        case 'finish':
          draft.finish = { reason: event.reason, ...(event.stopSequence && { stopSequence: event.stopSequence }) }
          break
        case 'error':
          draft.error = { code: event.code, message: event.message }
          break
        case 'end':
          draft.isWhole = true
          break
        case 'close':
          break
      }
    },
    take: () => ({ ...draft, blocks: [...draft.blocks] }),
  }
}

export function reduce(events: Iterable<AnswerEvent>): Answer {
  const reducer = createReducer()
  for (const event of events) reducer.push(event)
  return reducer.take()
}

/** A whole answer as the events of a stream, each block in one piece. */
export function* eventsOf(answer: Answer): Generator<AnswerEvent> {
  yield {
    type: 'start',
    ...(answer.id !== null && { id: answer.id }),
    ...(answer.model !== null && { model: answer.model }),
  }
  for (const [block, one] of answer.blocks.entries()) {
    yield { type: 'open', block, start: startOf(one) }
    const text = one.kind === 'tool-call' ? one.arguments : one.text
    if (text !== '') yield { type: 'delta', block, text }
    if (one.kind === 'reasoning' && one.signature !== undefined)
      yield { type: 'signature', block, signature: one.signature }
    if (one.kind === 'text') for (const citation of one.citations ?? []) yield { type: 'citation', block, citation }
    yield { type: 'close', block }
  }
  if (answer.usage) yield { type: 'usage', usage: answer.usage }
  if (answer.sources) yield { type: 'sources', sources: answer.sources }
  if (answer.finish) yield { type: 'finish', ...answer.finish }
  if (answer.error) yield { type: 'error', ...answer.error }
  if (answer.isWhole) yield { type: 'end' }
}

/** The newest count of each field stands: providers repeat and correct themselves. */
export const mergeUsage = (before: AnswerUsage | null, now: AnswerUsage): AnswerUsage => ({ ...before, ...now })

function opened(start: BlockStart): AnswerBlock {
  switch (start.kind) {
    case 'tool-call':
      return { ...start, arguments: '' }
    case 'native':
    case 'reasoning':
    case 'text':
    case 'refusal':
      return { ...start, text: '' }
  }
}

const grown = (block: AnswerBlock, text: string): AnswerBlock =>
  block.kind === 'tool-call' ? { ...block, arguments: block.arguments + text } : { ...block, text: block.text + text }

function startOf(block: AnswerBlock): BlockStart {
  switch (block.kind) {
    case 'tool-call': {
      const { arguments: _, ...start } = block
      return start
    }
    case 'reasoning': {
      const { text: _, signature: __, ...start } = block
      return start
    }
    case 'native':
      return { kind: 'native', wire: block.wire, value: block.value }
    default:
      return { kind: block.kind }
  }
}
