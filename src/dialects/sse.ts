/**
 * Server-sent events, read piece by piece: a piece may end anywhere, in the middle of a character, of a line
 * end, of a field name. Only the data matters here; names, ids and comments are passed over.
 */
import { Failure } from '../kernel/failure.ts'
import type { FrameReader } from './dialect.ts'

const MOST_CHARACTERS = 16 * 1024 * 1024

export function createSseReader(): FrameReader {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let data: string[] = []
  /** A line that ended with CR at the end of a piece may go on with LF. */
  let endedWithCr = false

  const take = (line: string, events: string[]) => {
    if (line === '') {
      if (data.length > 0) events.push(data.join('\n'))
      data = []
    } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    else if (line === 'data') data.push('')
  }
  const read = (text: string, events: string[]) => {
    const whole = endedWithCr && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') endedWithCr = false
    // What was there has no end of a line in it.
    const known = rest.length
    rest += whole
    let from = 0
    for (let i = known; i < rest.length; i++) {
      const code = rest.charCodeAt(i)
      if (code !== 10 && code !== 13) continue
      take(rest.slice(from, i), events)
      if (code === 13 && i + 1 === rest.length) endedWithCr = true
      if (code === 13 && rest.charCodeAt(i + 1) === 10) i++
      from = i + 1
    }
    rest = rest.slice(from)
    if (rest.length > MOST_CHARACTERS)
      throw new Failure('unavailable', 'dialects.line-too-long', 'The provider sent a line that has no end.')
  }
  return {
    push(chunk) {
      const events: string[] = []
      read(decoder.decode(chunk, { stream: true }), events)
      return events
    },
    end() {
      const events: string[] = []
      read(decoder.decode(), events)
      if (rest !== '') take(rest, events)
      take('', events)
      return events
    },
  }
}
