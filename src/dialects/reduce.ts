/** From events to the whole answer, and back: the two forms say the same. */
import type { Answer, AnswerBlock, AnswerEvent, AnswerUsage, BlockStart } from './answer.ts'

type Choice = { blocks: AnswerBlock[]; finish: Answer['finish'] }
type Draft = { -readonly [Field in keyof Answer]: Answer[Field] } & Choice

/** Takes events one by one; `take` gives what is known by then. */
export function createReducer(): { push(event: AnswerEvent): void; take(): Answer } {
  const draft: Draft = { id: null, model: null, blocks: [], finish: null, usage: null, error: null, isWhole: false }
  const others: Choice[] = []
  /** Of the first answer, or of another one. */
  const choiceAt = (choice = 0): Choice => {
    if (choice <= 0) return draft
    while (others.length < choice) others.push({ blocks: [], finish: null })
    return others[choice - 1] ?? draft
  }
  /** Where block n of the stream stands; one that was never opened has no place. */
  const places = new Map<number, { readonly of: Choice; readonly place: number }>()
  const change = (block: number, how: (found: AnswerBlock) => AnswerBlock) => {
    const known = places.get(block)
    const found = known?.of.blocks[known.place]
    if (known && found) known.of.blocks[known.place] = how(found)
  }
  return {
    push(event) {
      switch (event.type) {
        case 'start':
          draft.id = event.id ?? draft.id
          draft.model = event.model ?? draft.model
          if (event.serviceTier !== undefined) draft.serviceTier = event.serviceTier
          break
        case 'open': {
          const of = choiceAt(event.choice)
          places.set(event.block, { of, place: of.blocks.length })
          of.blocks.push(opened(event.start))
          break
        }
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
        case 'logprobs':
          change(event.block, (found) =>
            found.kind === 'text' ? { ...found, logprobs: [...(found.logprobs ?? []), ...event.tokens] } : found,
          )
          break
        case 'sources':
          draft.sources = event.sources
          break
        case 'restart':
          draft.blocks = []
          others.length = 0
          places.clear()
          break
        case 'usage':
          draft.usage = mergeUsage(draft.usage, event.usage)
          break
        case 'finish':
          choiceAt(event.choice).finish = {
            reason: event.reason,
            ...(event.stopSequence && { stopSequence: event.stopSequence }),
          }
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
    take: () => ({
      ...draft,
      blocks: [...draft.blocks],
      ...(others.length > 0 && { others: others.map(({ blocks, finish }) => ({ blocks: [...blocks], finish })) }),
    }),
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
    ...(answer.serviceTier !== undefined && { serviceTier: answer.serviceTier }),
  }
  const choices = [answer, ...(answer.others ?? [])]
  let block = 0
  for (const [choice, { blocks }] of choices.entries())
    for (const one of blocks) yield* eventsOfBlock(one, block++, choice)
  if (answer.usage) yield { type: 'usage', usage: answer.usage }
  if (answer.sources) yield { type: 'sources', sources: answer.sources }
  for (const [choice, { finish }] of choices.entries())
    if (finish) yield { type: 'finish', ...finish, ...(choice > 0 && { choice }) }
  if (answer.error) yield { type: 'error', ...answer.error }
  if (answer.isWhole) yield { type: 'end' }
}

function* eventsOfBlock(one: AnswerBlock, block: number, choice: number): Generator<AnswerEvent> {
  yield { type: 'open', block, start: startOf(one), ...(choice > 0 && { choice }) }
  const text = one.kind === 'tool-call' ? one.arguments : one.text
  if (text !== '') yield { type: 'delta', block, text }
  if (one.kind === 'reasoning' && one.signature !== undefined)
    yield { type: 'signature', block, signature: one.signature }
  if (one.kind === 'text') {
    for (const citation of one.citations ?? []) yield { type: 'citation', block, citation }
    if (one.logprobs) yield { type: 'logprobs', block, tokens: one.logprobs }
  }
  yield { type: 'close', block }
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
