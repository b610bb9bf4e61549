/** The route of what exists already; nothing is kept by it, so that people look before an application is made. */
import { route } from '../../wire/route.ts'
import { Brought, Existing } from './existing.ts'

export const bringExisting = route({
  name: 'bringExisting',
  method: 'POST',
  path: '/api/v1/existing-applications',
  summary: 'Make the files of a blueprint from what exists already, and say where on the path that puts it',
  permission: 'build',
  mcp: true,
  maxBodyBytes: 32 * 1024 * 1024,
  body: Existing,
  example: { prompts: { 'answer.txt': 'Answer in one sentence: {question}' }, model: 'local/extractive' },
  returns: { 200: Brought },
})

// The SDK names its types after what a contract exports.
export { Brought, Existing }
