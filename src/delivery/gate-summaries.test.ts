/** Lists keep how gates stand; whatever changes, they say what judging anew says. */
import { afterAll, expect, test } from 'vitest'
import { DAY } from '../kernel/time.ts'
import { blueprint, catalogue, install } from './installation.example.ts'

const airworthy = await install()
const { ask, application, freeze, pass, passAll, clock } = airworthy
afterAll(() => airworthy.stop())

const checkOf = (id: string) => {
  const found = catalogue.checks.find((check) => check.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
await application('shop')
await application('other')
const other = await freeze('other')
let release = await freeze('shop')
await passAll(release, ['biz.charter'])

/** In the list, twice: once judged or kept from before, and once kept. */
async function listed() {
  const looks = []
  for (let look = 0; look < 2; look += 1) {
    const { items } = (await ask('GET', '/api/v1/applications?limit=100')).body
    looks.push(items.find(({ name }: { name: string }) => name === 'shop').stages[0].next.counts)
  }
  expect(looks[1]).toEqual(looks[0])
  return looks[0]
}

async function judged() {
  const { findings } = (await ask('GET', `/api/v1/releases/${release}/gates/poc`)).body
  const counts: Record<string, number> = {}
  for (const { verdict } of findings) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}

const changes: [string, () => Promise<unknown>][] = [
  ['nothing happened yet', async () => {}],
  ['evidence is recorded', () => pass(release, checkOf('biz.charter'))],
  ['evidence of another application is recorded', () => pass(other, checkOf('biz.charter'))],
  [
    'evidence is doubted',
    async () => {
      const { items } = (await ask('GET', `/api/v1/evidence?release=${release}&check=biz.charter`)).body
      const doubted = await ask('POST', `/api/v1/evidence/${items[0].id}/challenges`, {
        reason: 'Who wrote this charter?',
      })
      expect(doubted.status).toBe(201)
    },
  ],
  [
    'a waiver is granted',
    async () => {
      const asked = await ask('POST', '/api/v1/waivers', {
        ...{ release, into: 'poc', check: 'biz.charter', reason: 'It is written next week.', days: 3 },
        ...{ residualRisk: 'none known', compensatingControl: 'The team alone asks.' },
      })
      const granted = await ask('POST', `/api/v1/waivers/${asked.body.id}/decision`, { decision: 'grant' }, 'grace')
      expect(granted.status).toBe(200)
    },
  ],
  ['the waiver ends', async () => clock.advance(3 * DAY)],
  ['evidence grows old', async () => clock.advance(40 * DAY)],
  ['it is measured again', () => passAll(release)],
  [
    'the charter is written anew',
    () =>
      ask('PUT', '/api/v1/applications/shop/blueprint', { files: blueprint({ 'charter.yaml': 'problem: none\n' }) }),
  ],
  [
    'another release is live',
    async () => {
      release = await freeze('shop', blueprint({ 'prompts/answer.prompt': 'Answer at length: {{question}}\n' }))
    },
  ],
]

test('after each change the list says what the gate says', async () => {
  const seen = new Set<string>()
  for (const [what, change] of changes) {
    await change()
    const counts = await listed()
    expect(counts, what).toEqual(await judged())
    seen.add(JSON.stringify(counts))
  }
  expect(seen.size).toBeGreaterThan(6)
})
