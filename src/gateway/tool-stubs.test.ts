/** S3.6 · A proof of concept is measured with its integration: a stub answers for a system that is not connected yet. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const params = { name: 'tickets' }

const STUB = {
  description: 'Opens a ticket.',
  effect: 'write',
  arguments: { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] },
  returns: { type: 'object', properties: { ticket: { type: 'integer' } }, required: ['ticket'] },
  call: {
    kind: 'stub',
    answers: [
      { when: { order: '4711' }, result: { ticket: 12 } },
      { when: { order: '500' }, fails: true },
    ],
  },
}
function filesOf(order: string, stub: object = STUB): Record<string, string> {
  const { 'airworthy.yaml': text = '', ...others } = echoApplication('first')
  const settings = JSON.parse(text)
  const answer = { model: 'scripted/caller', parameters: { calls: [{ name: 'tickets', arguments: { order } }] } }
  return {
    ...others,
    'airworthy.yaml': JSON.stringify({ ...settings, models: { ...settings.models, answer } }),
    'prompts/answer.prompt': '---\ntools: [tickets]\n---\n{{question}}',
    'tools/tickets.yaml': JSON.stringify(stub),
  }
}
await client.createApplication({ body: { name: 'tickets', files: filesOf('4711') } })
type Id = Parameters<typeof client.answerRelease>[0]['params']['id']
async function freeze(order: string): Promise<Id> {
  await client.putBlueprint({ params, body: { files: filesOf(order) } })
  return (await client.freezeRelease({ params, body: {} })).body.id
}
const ask = (id: Id) =>
  client.answerRelease({ params: { id }, body: { turns: [{ role: 'user', content: 'Open a ticket.' }] } })

test.for([
  ['4711', 'answered', 'It called a stub of the tool tickets, which writes.'],
  ['500', 'failed', /could not be reached/],
  ['999', 'failed', /has no answer to these arguments/],
] as const)('a call with the order %s is %s, also where nothing may be changed', async ([order, outcome, words]) => {
  const answer = await ask(await freeze(order))
  const { tools, words: said } = await client.explainAnswer({ params: { id: answer.trace } })
  expect(tools).toMatchObject([{ name: 'tickets', effect: 'write', by: 'stub', outcome }])
  expect(said.join(' ')).toMatch(words)
  if (outcome === 'answered') expect(answer.answer).toContain('12')
})

test.for([
  [{ order: '1' }, /result is missing/],
  [{ result: { ticket: 'twelve' } }, /result\.ticket is a string, and an integer is asked for/],
] as const)('a stub that answers %j is refused with its place', async ([answer, why]) => {
  const wrong = { ...STUB, call: { kind: 'stub', answers: ['order' in answer ? { when: answer } : answer] } }
  await expect(client.putBlueprint({ params, body: { files: filesOf('4711', wrong) } })).rejects.toThrow(why)
})

test('a release with a stub is shown as not connected, and goes no further than poc', async () => {
  const id = await freeze('4711')
  const { items } = await client.listIntegrations({ params })
  expect(items).toContainEqual(
    expect.objectContaining({ name: 'tickets', says: 'A stub stands in for it: it is not connected yet.' }),
  )
  const promote = (into: 'poc' | 'pilot') => client.promoteRelease({ params: { id }, body: { into, rollout: 'none' } })
  await expect(promote('pilot')).rejects.toMatchObject({ status: 409, code: 'delivery.stub-in-stage' })
  expect(await promote('poc')).toMatchObject({ status: 409, body: { kind: 'held' } })
})
