/** The sandbox works at once: an answer with no governance at all, and then the gate says what is missing. */
import { afterAll, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client, options, url, ownerToken } = airworthy
afterAll(() => airworthy.close())
const name = 'sketch'

test('a new installation answers before anybody wrote a charter, over HTTP and SDK, and the gate then lists what is missing', async () => {
  const files = {
    'airworthy.yaml': 'models: {answer: {model: scripted/echo}}\n',
    'prompts/answer.prompt': '{{question}}\n',
  }
  await client.createApplication({ body: { name, files } })
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  expect(release).toMatchObject({ stage: 'sandbox', live: [{ stage: 'sandbox', share: 1 }] })

  const messages = [{ role: 'user' as const, content: 'Hello there' }]
  expect((await ask(options, { model: name, messages })).text).toContain('Hello there')
  const plain = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: `${name}@sandbox`, messages }),
  })
  expect([plain.status, plain.headers.get('airworthy-release')]).toEqual([200, release.id])
  expect(await plain.json()).toMatchObject({
    choices: [{ message: { content: expect.stringContaining('Hello there') } }],
  })

  const { decision, findings } = await client.getGate({ params: { id: release.id, stage: 'poc' } })
  expect(decision).toBe('held')
  expect(findings.filter(({ verdict }) => verdict === 'MISSING').map(({ check }) => check)).toEqual(
    expect.arrayContaining(['biz.charter', 'risk.register', 'gov.owner', 'eval.smoke']),
  )
  for (const { check, verdict, wouldPassIf } of findings)
    if (verdict !== 'NOT_APPLICABLE') expect(wouldPassIf, check).not.toEqual([])
})

test('every check of the catalogue says why, how, and what it serves', async () => {
  const { checks } = await client.getCatalogue()
  expect(checks.length).toBeGreaterThanOrEqual(12)
  for (const { id, rationale, howto, standards } of checks) {
    expect(
      [rationale, howto].map((text) => text.length > 20),
      id,
    ).toEqual([true, true])
    expect(standards, id).not.toEqual([])
  }
})
