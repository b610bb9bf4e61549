/** What the licence of a model asks for, in lines for a terminal. */
import type { Client } from '../../sdk/index.ts'
import type { Output } from './output.ts'

type Obligations = Awaited<ReturnType<Client['getModelCard']>>['obligations']

export function showObligations(
  output: Output,
  { licence, state, title, obligations, sources, note }: Obligations,
): void {
  if (state === 'unknown') output.line('\nNobody says which licence it has, so what it asks for is unknown.')
  else if (state === 'not-listed') output.line(`\nWhat ${licence} asks for is not in the list; read its text.`)
  else {
    output.line(`\n${title} (${licence}):`)
    output.table(
      ['obligation', 'when', 'what', 'where'],
      obligations.map(({ kind, when, text, clause }) => [kind, when, text, clause]),
      'It asks for nothing.',
    )
    output.line(sources.map(({ url }) => url).join(' '))
    output.line(note)
  }
}
