/**
 * S1.3.5a · The streams that providers really sent, read in every chunking: whole, event by event, byte by byte, and cut
 * at places that chance chooses. What is expected of each was computed apart from this code (`data/wire-recorded`).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Answer, type AnswerBlock, type AnswerEvent, textOf } from './answer.ts'
import { chatInbound, chatOutbound } from './chat/chat.ts'
import type { Inbound, Outbound } from './dialect.ts'
import { messagesInbound, messagesOutbound } from './messages/messages.ts'
import { reduce } from './reduce.ts'
import { responsesInbound, responsesOutbound } from './responses/responses.ts'
import { createSseReader } from './sse.ts'

type Expected = {
  source: string
  wire: string
  model: string
  stop: string
  text?: string
  text_sha256?: string
  text_chars?: number
  tools: { kind?: string; name: string; arguments: string }[]
  usage: Record<string, number>
  blocks?: string[]
}
type Fixture = { source: string; content: string }

const linesOf = <Row>(name: string): Row[] =>
  gunzipSync(readFileSync(`data/wire-recorded/${name}.jsonl.gz`))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

const OUTBOUND: Readonly<Record<string, Outbound>> = {
  'anthropic-messages': messagesOutbound,
  'openai-responses': responsesOutbound,
  'openai-chat': chatOutbound,
}
const fixtures = new Map(linesOf<Fixture>('vercel-ai-fixtures').map((one) => [one.source, one]))
const cases = linesOf<Expected>('expected').flatMap((expected) => {
  const outbound = OUTBOUND[expected.wire]
  const fixture = fixtures.get(expected.source)
  return outbound && fixture ? [{ expected, outbound, fixture, name: expected.source.split('/').at(-1) ?? '' }] : []
})

/**
 * The bytes of the streams of a recording, from the data of their events. Some recordings hold a whole dialogue, one
 * stream after the other.
 */
function streamsOf({ content }: Fixture, outbound: Outbound): Buffer[] {
  const streams: string[][] = [[]]
  for (const data of content.split('\n').filter((line) => line.trim() !== '')) {
    streams.at(-1)?.push(data)
    const { type } = JSON.parse(data) as { type?: string }
    if (type === 'message_stop' || type === 'response.completed') streams.push([])
  }
  if (outbound.wire === 'chat') streams.at(-1)?.push('[DONE]')
  return streams
    .filter((events) => events.length > 0)
    .map((events) => Buffer.from(events.map((data) => `data: ${data}\n\n`).join('')))
}

/** How the expected figures count a dialogue: block n of a later answer takes the place of block n of an earlier one. */
function overlaid(answers: readonly Answer[]): Answer {
  const [first, ...later] = answers
  if (!first) throw new Error('a recording without a stream')
  return later.reduce(
    (before, now) => ({ ...now, blocks: [...now.blocks, ...before.blocks.slice(now.blocks.length)] }),
    first,
  )
}

function read(outbound: Outbound, pieces: Iterable<Uint8Array>): AnswerEvent[] {
  const sse = createSseReader()
  const reader = outbound.createReader()
  const events: AnswerEvent[] = []
  for (const piece of pieces) for (const data of sse.push(piece)) events.push(...reader.push(data))
  for (const data of sse.end()) events.push(...reader.push(data))
  return [...events, ...reader.end()]
}

function* pieces(bytes: Buffer, sizes: () => number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const size = sizes()
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** A small generator of numbers that are the same in every run (Park and Miller 1988). */
const numbers = (seed: number, most: number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return 1 + (state % most)
  }
}

test('all streams of the three dialects are there', () => expect(cases).toHaveLength(42))

describe.each(cases)('$name', ({ expected, outbound, fixture }) => {
  const streams = streamsOf(fixture, outbound)
  const bytes = streams.at(-1) ?? Buffer.alloc(0)
  const last = reduce(read(outbound, [bytes]))

  test('comes out as expected', () => {
    const whole = overlaid(streams.map((stream) => reduce(read(outbound, [stream]))))
    expect(whole.isWhole).toBe(true)
    expect(whole.error).toBeNull()
    expect(whole.model).toBe(expected.model)
    if (expected.text !== undefined) expect(textOf(whole)).toBe(expected.text)
    else expect(createHash('sha256').update(textOf(whole)).digest('hex')).toBe(expected.text_sha256)
    expect(toolsOf(whole, outbound)).toEqual(
      expected.tools.map(({ name, arguments: written }) => ({ name, arguments: written })),
    )
    expect(usageOf(whole, outbound)).toEqual(pick(expected.usage))
    expect(finishesOf(expected)).toContain(whole.finish?.reason)
    if (expected.blocks) expect(whole.blocks.map(kindOf)).toEqual(expected.blocks)
  })

  test.each([
    ['byte by byte', () => 1],
    ['in pieces of up to 7 bytes', numbers(11, 7)],
    ['in pieces of up to 1,000 bytes', numbers(12, 1000)],
  ])('comes out the same %s', (_, sizes) => {
    expect(reduce(read(outbound, pieces(bytes, sizes)))).toEqual(last)
  })

  test.each([
    ['chat', chatInbound, chatOutbound],
    ['messages', messagesInbound, messagesOutbound],
    ['responses', responsesInbound, responsesOutbound],
  ] satisfies [string, Inbound, Outbound][])('says the same when it is told in %s', (_, inbound, back) => {
    const writer = inbound.createWriter({ id: 'one', created: 0, model: expected.model }, { includeUsage: true })
    const told = read(outbound, [bytes])
    // What was begun anew cannot be taken back from a client; nobody is told of it.
    if (told.some(({ type }) => type === 'restart')) return
    const text = told.map((event) => writer.push(event)).join('')
    const again = reduce(read(back, [Buffer.from(text)]))
    expect(again.isWhole).toBe(true)
    expect(textOf(again)).toBe(textOf(last))
    expect(callsOf(again)).toEqual(callsOf(last))
    expect(again.usage).toMatchObject({
      inputTokens: last.usage?.inputTokens,
      outputTokens: last.usage?.outputTokens,
    })
    expect(thoughtsOf(again)).toEqual(thoughtsOf(last))
  })
})

const callsOf = ({ blocks }: Answer) => blocks.filter(({ kind }) => kind === 'tool-call')

const thoughtsOf = ({ blocks }: Answer) =>
  blocks.flatMap((block) => {
    if (block.kind !== 'reasoning') return []
    const { text, signature, sealed } = block
    // One that says nothing is told nobody.
    return text || signature || sealed ? [{ text, signature, sealed }] : []
  })

/** The provider's own tools count as tools here; they came in pieces as well. */
const toolsOf = ({ blocks }: Answer, { wire }: Outbound) =>
  blocks.flatMap((block) => {
    if (block.kind === 'tool-call') return [{ name: block.name, arguments: block.arguments }]
    if (wire === 'messages' && block.kind === 'native' && String(block.value.type).endsWith('tool_use'))
      return [{ name: String(block.value.name), arguments: block.text }]
    return []
  })

function usageOf({ usage }: Answer, { wire }: Outbound): Record<string, number> {
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage ?? {}
  const inside = wire === 'messages' ? cacheReadTokens + cacheWriteTokens : 0
  return { input: inputTokens - inside, output: outputTokens }
}

const pick = (usage: Record<string, number>) => ({
  input: usage.input_tokens ?? usage.prompt_tokens,
  output: usage.output_tokens ?? usage.completion_tokens,
})

const FINISHES: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop: 'stop',
  tool_use: 'tool-calls',
  refusal: 'refusal',
}
/** `completed` says nothing of whether tools are to be called. */
const finishesOf = ({ stop, wire }: Expected): string[] =>
  wire === 'openai-responses' ? ['stop', 'tool-calls'] : [FINISHES[stop] ?? stop]

const BLOCKS: Readonly<Record<AnswerBlock['kind'], string>> = {
  text: 'text',
  refusal: 'text',
  reasoning: 'thinking',
  'tool-call': 'tool_use',
  native: '',
}
const kindOf = (block: AnswerBlock): string => (block.kind === 'native' ? String(block.value.type) : BLOCKS[block.kind])
