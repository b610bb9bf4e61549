/** The starter templates, each from the folder that `init` writes to a proof of concept that is live, without a network. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { walkStarter } from '../../examples/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'

const STARTERS = ['support-assistant', 'marketing-writer', 'product-ideas', 'operations-automator'] as const

const airworthy = await testAirworthy()
const builder = await airworthy.person('Ada Builder', 'builder')
const home = mkdtempSync(join(tmpdir(), 'airworthy-starters-'))
afterAll(async () => {
  await airworthy.close()
  rmSync(home, { recursive: true, force: true })
})

function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )
}

test.for(STARTERS)('%s goes from init to a promoted proof of concept, and answers or refuses', async (name) => {
  const init = await airworthyCommand(['init', name, name], {}, home)
  expect(init).toMatchObject({ code: 0, out: expect.stringMatching(/^Wrote 2\d files/) })
  const files = filesOf(join(home, name))
  const owner = airworthy.client

  const { release, answer, refusal } = await walkStarter({
    ...{ owner, builder, users: airworthy.options, name, files },
    tell: (line) => console.log(line),
  })

  expect((await owner.getLive()).applications[name]?.stages.poc?.release).toBe(release)
  expect(answer.text).toBe(`${answer.expected} [1]`)
  const refuses = /answer: (.+)/.exec(files['flows/main.yaml'] ?? '')?.[1]
  expect(refusal.text).toBe(refuses)

  const plan = await owner.getPlan({ params: { name } })
  expect([plan.charter.isKept, plan.roadmap.isKept, plan.risks.isKept, plan.resources.isKept]).toEqual(
    Array(4).fill(true),
  )
  expect(plan.charter.kpis.every(({ baseline, family }) => Boolean(baseline) && Boolean(family))).toBe(true)
  expect(plan.risks.risks).toHaveLength(6)
  expect(plan.roadmap.rows.slice(0, 2).map(({ status }) => status.state)).toEqual(['done', 'under-way'])
})
