import { expect, test } from 'vitest'
import { createSseReader } from './sse.ts'

const read = (pieces: Uint8Array[]): string[] => {
  const reader = createSseReader()
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
}

const STREAMS: [string, string, string[]][] = [
  ['LF', 'data: {"a":"ü€😀"}\n\ndata: [DONE]\n\n', ['{"a":"ü€😀"}', '[DONE]']],
  ['CRLF', 'data: one\r\n\r\nevent: x\r\ndata: two\r\n\r\n', ['one', 'two']],
  ['CR', 'data: one\r\rdata: two\r\r', ['one', 'two']],
  ['comments, ids, no space', ': hello\n\nid: 7\ndata:one\nretry: 3\n\n', ['one']],
  ['several data lines', 'data: one\ndata: two\n\n', ['one\ntwo']],
  ['no blank line at the end', 'data: one\n\ndata: last', ['one', 'last']],
  ['empty data', 'data\n\ndata:\n\n', ['', '']],
  ['no events', ': nothing\n\n', []],
]

test.for(STREAMS)('%s: the events are the same wherever the bytes are cut', ([, text, events]) => {
  const bytes = Buffer.from(text)
  for (let cut = 0; cut <= bytes.length; cut++)
    expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(events)
  expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events)
})
