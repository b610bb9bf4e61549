/** How each dialect of clients asks in the fewest words, and where its answer and its end stand. */

/** What was parsed; whoever reads a text of it makes it one. */
type Event = { readonly [name: string | number]: Event | undefined }
export const DIALECTS = {
  chat: {
    path: '/v1/chat/completions',
    asks: (content: string) => ({ messages: [{ role: 'user', content }] }),
    said: (event: Event) => event.choices?.[0]?.delta?.content ?? '',
    whole: (body: Event) => body.choices?.[0]?.message?.content,
    filtered: '"finish_reason":"content_filter"',
  },
  responses: {
    path: '/v1/responses',
    asks: (content: string) => ({ input: content }),
    said: (event: Event) => (String(event.type) === 'response.output_text.delta' ? event.delta : ''),
    whole: (body: Event) => body.output?.[0]?.content?.[0]?.text,
    filtered: '"incomplete_details":{"reason":"content_filter"}',
  },
  messages: {
    path: '/v1/messages',
    asks: (content: string) => ({ max_tokens: 100, messages: [{ role: 'user', content }] }),
    said: (event: Event) => event.delta?.text ?? '',
    whole: (body: Event) => body.content?.[0]?.text,
    filtered: '"stop_reason":"refusal"',
  },
} as const
export type Dialect = keyof typeof DIALECTS
/** Each dialect, whole and streamed. */
export const EVERY = (Object.keys(DIALECTS) as Dialect[]).flatMap((dialect) => [
  [dialect, false] as const,
  [dialect, true] as const,
])

type Told = { readonly text: string; readonly events: readonly string[] }

/** The words of an answer. */
export function heardIn(dialect: Dialect, isStreamed: boolean, { text, events }: Told): string {
  const { said, whole } = DIALECTS[dialect]
  if (!isStreamed) return String(whole(JSON.parse(text) as Event))
  return events
    .filter((one) => one !== '[DONE]')
    .map((one) => String(said(JSON.parse(one) as Event)))
    .join('')
}
