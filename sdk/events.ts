/** Server-sent events as an iterator, by the rules of the HTML standard. */

export type ServerSentEvent = {
  /** `message` when the server names none. */
  readonly event: string
  readonly data: string
  /** Of this event or the last one that had one; empty when none had. */
  readonly id: string
}

/** The events of an answer, until it ends; leaving the loop hangs up. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerSentEvent, void, undefined> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  let event = ''
  let data: string[] = []
  let id = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      rest += value
      // A CR at the very end may be half of a CR LF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id }
          event = ''
          data = []
          continue
        }
        const [, field, text = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
        if (field === 'data') data.push(text)
        else if (field === 'event') event = text
        else if (field === 'id' && !text.includes('\0')) id = text
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
