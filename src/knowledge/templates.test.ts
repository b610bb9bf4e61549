/** The templates that ship are whole: they parse, and what their datasets name is there. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import { parseBlueprint } from '../core/blueprint/parse.ts'
import { turnsOf } from '../core/dataset.ts'
import { mean, recallAtK } from '../kernel/statistics/index.ts'
import { ingest } from './ingest/ingest.ts'
import { buildSnapshot } from './snapshot/build.ts'
import { openSnapshot } from './snapshot/index-view.ts'

function blueprintOf(template: string): Blueprint {
  const folder = new URL(`../../templates/${template}/`, import.meta.url).pathname
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  )
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
  const parsed = parseBlueprint({ files, name: 'shop' })
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems, null, 2))
  return parsed.blueprint
}

const settings = { analyser: 'english', k1: 1.2, b: 0.75 } as const

test('bring-your-own parses with nothing but a name, as a placeholder that says so', () => {
  const { settings: said, flow } = blueprintOf('bring-your-own')
  expect(said).toMatchObject({ name: 'shop', models: { placeholder: { model: 'scripted/echo' } } })
  expect(flow.steps).toMatchObject([{ id: 'placeholder', use: 'generate' }])
})

test.for(['support-assistant', 'marketing-writer', 'product-ideas', 'operations-automator'])(
  '%s: every context of its questions is a passage, and the flow finds and abstains as it should',
  async (template) => {
    const { datasets, knowledge, flow, suites } = blueprintOf(template)
    const index = openSnapshot((await buildSnapshot(await ingest(knowledge, { passageWords: 180 }), settings)).file)
    const rows = datasets.filter(({ name }) => name === 'questions').flatMap((dataset) => dataset.rows)
    const unknown = rows.flatMap(({ contexts = [] }) => contexts).filter((context) => !index.passage(context))
    const found = rows.map((row) => ({ row, passages: index.search(turnsOf(row).at(-1)?.content ?? '', 3) }))
    const answerable = found.filter(({ row }) => !row.unanswerable)
    const step = flow.steps.find(({ use }) => use === 'abstain')
    const threshold = step?.use === 'abstain' ? step.bestScoreBelow : 0
    const abstained = found.filter(({ passages }) => (passages[0]?.score ?? 0) < threshold).map(({ row }) => row)
    const recall = mean(
      answerable.map(({ row, passages }) => {
        const relevance = Object.fromEntries((row.contexts ?? []).map((id) => [id, 1]))
        return recallAtK({ ranking: passages.map(({ id }) => id), relevance, k: 3 }) ?? 0
      }),
    )

    expect(unknown).toEqual([])
    expect(suites.map(({ name }) => name)).toContain('questions')
    expect(rows.filter(({ split }) => split === 'regress').length).toBeGreaterThanOrEqual(30)
    expect(answerable.length).toBeGreaterThanOrEqual(40)
    expect(recall).toBeGreaterThan(0.9)
    expect(abstained.filter(({ unanswerable }) => !unanswerable).length / answerable.length).toBeLessThan(0.1)
    expect(abstained.filter(({ unanswerable }) => unanswerable).length).toBeGreaterThanOrEqual(4)
  },
)
