/** An answer that needs a tool, from the question by way of the caller's own program to the explanation. */
import type { Client, ClientOptions } from '../../sdk/index.ts'

export type OrderDesk = {
  readonly client: Client
  readonly users: ClientOptions
  readonly name: string
  /** Of `blueprint/`. */
  readonly files: Readonly<Record<string, string>>
  /** The shop's own program. */
  orders(asked: { readonly number: string }): string
  tell(line: string): void
}

type Call = { id: string; function: { name: string; arguments: string } }
type Said = {
  choices: { finish_reason: string; message: { role: 'assistant'; content: string | null; tool_calls?: Call[] } }[]
}

const POLL_MS = 50

export async function askTheDesk({ client, users, name, files, orders, tell }: OrderDesk) {
  await client.createApplication({ body: { name, files: { ...files } } })
  await client.freezeRelease({ params: { name }, body: {} })
  const messages: object[] = [{ role: 'user', content: 'Where is my order 4711?' }]
  for (;;) {
    const response = await fetch(`${users.baseUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${users.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: name, messages }),
    })
    const { choices } = (await response.json()) as Said
    const { message, finish_reason } = choices[0] ?? {}
    if (!message) throw new Error(`It was not answered: ${response.status}.`)
    if (finish_reason !== 'tool_calls')
      return { answer: message.content ?? '', why: await explained(client, response, tell) }
    messages.push(message)
    for (const { id, function: called } of message.tool_calls ?? []) {
      const content = orders(JSON.parse(called.arguments) as { number: string })
      tell(`It asked for ${called.name} with ${called.arguments}, and was told: ${content}`)
      messages.push({ role: 'tool', tool_call_id: id, content })
    }
  }
}

/** The record of an answer is there a moment after the answer. */
async function explained(client: Client, { headers }: Response, tell: (line: string) => void) {
  const id = headers.get('airworthy-trace') ?? ''
  for (;;) {
    const found = await client.explainAnswer({ params: { id } }).catch(() => undefined)
    if (found) {
      for (const line of found.words) tell(line)
      return found
    }
    await new Promise((passed) => setTimeout(passed, POLL_MS))
  }
}
