import { expect, test } from 'vitest'
import { gathered } from './gathered.ts'

const LINE = 'x'.repeat(70)
async function* asked(models: string) {
  for (const [task, model] of [...models].entries())
    yield {
      model,
      task,
      request: { messages: [], conversation: [{ role: 'user', content: LINE }], parameters: {} } as const,
    }
}
/** The numbers of those that go together, behind the name of their model. */
async function batches(models: string, most: { requests: number; bytes: number }) {
  const said: string[] = []
  for await (const { model, tasks, requests } of gathered(asked(models), () => most)) {
    expect(requests).toHaveLength(tasks.length)
    said.push(`${model}${tasks.join('')}`)
  }
  return said
}
const ANY = Number.POSITIVE_INFINITY

test.for([
  ['nothing', '', { requests: 3, bytes: ANY }, []],
  ['as many as a batch holds', 'aaa', { requests: 3, bytes: ANY }, ['a012']],
  ['one more', 'aaaa', { requests: 3, bytes: ANY }, ['a012', 'a3']],
  ['two models in turns', 'ababab', { requests: 2, bytes: ANY }, ['a02', 'b13', 'a4', 'b5']],
  ['more bytes than a batch holds', 'aaa', { requests: 9, bytes: 300 }, ['a01', 'a2']],
  ['each larger than a batch', 'aa', { requests: 9, bytes: 10 }, ['a0', 'a1']],
] as const)('%s go in as few batches as may be, each request once', async ([, models, most, said]) => {
  expect(await batches(models, most)).toEqual(said)
})
