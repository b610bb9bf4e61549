/**
 * Claim: an owner comes from an empty installation to an exported plan in under 60 fields, most of them choices, and the
 * people's part of the first gate takes a builder under an hour.
 *
 * AIRWORTHY_TEST_CHROMIUM=… node bench/people-time/people-time.ts [--starter=support-assistant]
 *
 * Both walk over the real pages in Chromium; what they read, choose, type and press is counted, and minutes follow from
 * published speeds (`keystroke-level.ts`). What nobody can count is what has to be thought and asked; the catalogue's own
 * estimate, which has that in it, stands beside it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../../src/airworthy.ts'
import { readConfig } from '../../src/config.ts'
import { buildPages } from '../../src/web-build.ts'
import { openBrowser } from '../../tools/index.ts'
import { passFirstGate } from './builder.ts'
import { createHand, type Hand } from './hand.ts'
import { type Counted, minutesOf, SLOW, USUAL } from './keystroke-level.ts'
import { planOf } from './owner.ts'

const STARTER = process.argv.find((one) => one.startsWith('--starter='))?.split('=')[1] ?? 'support-assistant'
const MOST_FIELDS = 60
const MOST_MINUTES = 60
const DESK = { width: 1440, height: 900 }

const root = fileURLToPath(new URL('../..', import.meta.url))
const data = mkdtempSync(join(tmpdir(), 'airworthy-people-time-'))
await buildPages(root)
const airworthy = await startAirworthy({
  config: readConfig({ AIRWORTHY_DATA: data, AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' }),
  root,
  print: () => {},
})
const browser = await openBrowser(process.env.AIRWORTHY_TEST_CHROMIUM ?? '')
try {
  const client = createClient({ baseUrl: airworthy.url, token: airworthy.ownerToken })
  const sitDown = async (actor: string | undefined): Promise<Hand> => {
    const { url } = await client.createSignInLink({ body: { actor } })
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(url)
    return createHand(page)
  }
  const owner = await sitDown(undefined)
  const { application, asked } = await planOf(owner, { client, starter: STARTER })
  const { id } = await client.createActor({ body: { name: 'Bo Kern', role: 'builder' } })
  const builder = await sitDown(id)
  await passFirstGate(builder, application)
  print({ owner: owner.counted, builder: builder.counted })
  console.log(
    `\nThe guided plan asks ${asked} fields. The catalogue of checks, thinking included: ${await estimated()}.`,
  )
  const { all } = minutesOf(builder.counted, SLOW)
  console.log(`Under ${MOST_FIELDS} fields: ${asked < MOST_FIELDS ? 'met' : 'NOT MET'}`)
  console.log(`The builder within ${MOST_MINUTES} minutes, slow: ${all < MOST_MINUTES ? 'met' : 'NOT MET'}`)
} finally {
  await browser.close()
  await airworthy.close()
  rmSync(data, { recursive: true, force: true })
}

function print(people: Readonly<Record<string, Counted>>): void {
  console.log(
    '| who     | screens | words | fields | of them chosen | keys | ways of the mouse | usual            | slow             |',
  )
  console.log(
    '| ------- | ------- | ----- | ------ | -------------- | ---- | ----------------- | ---------------- | ---------------- |',
  )
  for (const [who, counted] of Object.entries(people)) {
    const { screens, words, fields, choices, keys, points } = counted
    const paces = [USUAL, SLOW].map((pace) => {
      const { all, reading } = minutesOf(counted, pace)
      return `${all.toFixed(1)} min, ${reading.toFixed(1)} read`
    })
    console.log(`| ${[who, screens, words, fields, choices, keys, points, ...paces].join(' | ')} |`)
  }
}

/** What the catalogue says of the first gate, by who does it. */
async function estimated(): Promise<string> {
  const client = createClient({ baseUrl: airworthy.url, token: airworthy.ownerToken })
  const { checks, gates } = await client.getCatalogue()
  const first = gates.find(({ into }) => into === 'poc')?.checks ?? []
  const efforts = checks.filter(({ id }) => first.includes(id)).map(({ effort }) => effort)
  const of = (who: string) =>
    efforts.filter((one) => one?.who === who).reduce((sum, one) => sum + (one?.minutes ?? 0), 0)
  return `builder ${of('builder')} min, owner ${of('owner')} min`
}
