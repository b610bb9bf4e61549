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
import { geminiOutbound } from './gemini/gemini.ts'
import { messagesInbound, messagesOutbound } from './messages/messages.ts'
import { reduce } from './reduce.ts'
import { responsesInbound, responsesOutbound } from './responses/responses.ts'

type Expected = {
  source: string
  wire: string
  model: string
  stop: string
  text?: string
  text_sha256?: string
  text_chars?: number
  /** A text where the expectation leaves calls open whose arguments come in pieces. */
  tools: string | { kind?: string; name: string; arguments: unknown }[]
  thought_chars?: number
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
  'gemini-generate-content': geminiOutbound,
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
  const frames = outbound.createFrames()
  const reader = outbound.createReader()
  const events: AnswerEvent[] = []
  for (const piece of pieces) for (const data of frames.push(piece)) events.push(...reader.push(data))
  for (const data of frames.end()) events.push(...reader.push(data))
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

test('all streams that have an expectation are there', () => expect(cases).toHaveLength(49))

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
    expect(toolsOf(whole, outbound)).toEqual(callsExpected(expected))
    expect(usageOf(whole, outbound)).toEqual(pick(expected.usage))
    expect(finishesOf(expected)).toContain(whole.finish?.reason)
    if (expected.thought_chars !== undefined)
      expect(thoughtsOf(whole).reduce((sum, { text }) => sum + text.length, 0)).toBe(expected.thought_chars)
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
    expect(callsOf(again, inbound)).toEqual(callsOf(last, inbound))
    expect(again.usage).toMatchObject({
      inputTokens: last.usage?.inputTokens,
      outputTokens: last.usage?.outputTokens,
    })
    expect(thoughtsOf(again)).toEqual(thoughtsOf(last))
  })
})

/** Where calls have no place for a signature, a thought before them carries it. */
const callsOf = ({ blocks }: Answer, { wire }: Inbound) =>
  blocks.flatMap((block) => {
    if (block.kind !== 'tool-call') return []
    const { signature, ...call } = block
    return [wire === 'chat' ? block : call]
  })

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
  input: usage.input_tokens ?? usage.prompt_tokens ?? usage.promptTokenCount,
  output:
    usage.output_tokens ??
    usage.completion_tokens ??
    (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0),
})

/** Read off the recorded pieces by hand: the expectations leave these two open. */
const CALLS_IN_PIECES: Readonly<Record<string, { name: string; arguments: string }[]>> = {
  'google-stream-no-args-tool-call.chunks.txt': [
    { name: 'read_theme', arguments: '{}' },
    { name: 'read_screen', arguments: '{"id":"A"}' },
    { name: 'read_screen', arguments: '{"id":"B"}' },
    { name: 'read_screen', arguments: '{"id":"C"}' },
  ],
  'google-stream-tool-call-array-arguments-missing-terminal-function-call.chunks.txt': [
    {
      name: 'writeItems',
      arguments: JSON.stringify({
        operations: [
          { action: 'add', description: 'Fresh red apple', itemid: 'apple_001', price: 0.5 },
          { action: 'add', description: 'Ripe yellow banana', itemid: 'banana_001', price: 0.3 },
        ],
      }),
    },
  ],
}

const callsExpected = ({ tools, source }: Expected) =>
  typeof tools === 'string'
    ? CALLS_IN_PIECES[source.split('/').at(-1) ?? '']
    : tools.map(({ name, arguments: written }) => ({
        name,
        arguments: typeof written === 'string' ? written : JSON.stringify(written),
      }))

const FINISHES: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop: 'stop',
  tool_use: 'tool-calls',
  refusal: 'refusal',
}
/** `completed` says nothing of whether tools are to be called. */
const finishesOf = ({ stop, wire }: Expected): string[] =>
  wire === 'openai-responses' || wire === 'gemini-generate-content' ? ['stop', 'tool-calls'] : [FINISHES[stop] ?? stop]

const BLOCKS: Readonly<Record<AnswerBlock['kind'], string>> = {
  text: 'text',
  refusal: 'text',
  reasoning: 'thinking',
  'tool-call': 'tool_use',
  native: '',
}
const kindOf = (block: AnswerBlock): string => (block.kind === 'native' ? String(block.value.type) : BLOCKS[block.kind])
