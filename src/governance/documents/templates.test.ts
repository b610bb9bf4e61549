/** The drafts that the templates ship are well formed, and honest: what only an owner knows stays open. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseBlueprint } from '../../core/blueprint/parse.ts'
import type { ProducerContext } from '../../core/producer.ts'
import { digestOf } from '../../kernel/digest.ts'
import { stoppedClock } from '../../kernel/time.ts'
import { QuestionPack } from '../assessment/questions.ts'
import { KpiPack } from '../charter/presets.ts'
import { Roadmap } from '../roadmap/roadmap.ts'
import { Charter } from './charter.ts'
import { createDocumentProducers, documentSchemasFor } from './documents.ts'
import { Risks, SEED_RISKS } from './risks.ts'

const digest = digestOf('x')
const STARTERS = ['support-assistant', 'marketing-writer', 'product-ideas', 'operations-automator'] as const
const TEMPLATES = [...STARTERS, 'bring-your-own']

const pack = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'))

function documentsOf(template: string) {
  const folder = new URL(`../../../templates/${template}/`, import.meta.url).pathname
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  )
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
  const parsed = parseBlueprint({ files, name: 'shop' })
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems, null, 2))
  return parsed.blueprint.documents
}

test('the documents of the templates have the right shape', () => {
  const schemas = documentSchemasFor(QuestionPack.parse(pack('advisor/questions.json')))
  const wrong = TEMPLATES.flatMap((template) =>
    Object.entries(documentsOf(template)).flatMap(([name, document]) => {
      const parsed = document && schemas[name]?.safeParse(document.value)
      return parsed && !parsed.success
        ? parsed.error.issues.map(({ path }) => `${template}/${name}: ${path.join('.')}`)
        : []
    }),
  )
  expect(wrong).toEqual([])
})

test.for(STARTERS)('%s brings KPIs from the presets, six risks, eight phases and volumes to state', (template) => {
  const presets = KpiPack.parse(pack('kpis/core.json')).presets.map(({ id }) => id)
  const values = Object.fromEntries(
    Object.entries(documentsOf(template)).map(([name, document]) => [name, document?.value]),
  )
  const charter = Charter.parse(values.charter)
  expect(charter.kpis?.length).toBeGreaterThan(0)
  expect(charter.kpis?.filter(({ preset }) => !presets.includes(preset ?? ''))).toEqual([])
  expect(
    Risks.parse(values.risks)
      .risks.map(({ category }) => category)
      .sort(),
  ).toEqual(Object.keys(SEED_RISKS).sort())
  expect(Roadmap.parse(values.roadmap).rows.map(({ phase }) => phase)).toEqual([
    ...['Experimentation', 'Proof of concept', 'Pilot', 'Production'],
    ...['Monitor', 'Update', 'Scale', 'Retire'],
  ])
  expect(values.resources).toHaveProperty('volumes.requestsPerDay')
})

test('no draft of support-assistant passes before its owner filled it in, and each says what is open', async () => {
  const documents = documentsOf('support-assistant')
  const models = ['local/extractive', 'local/first-sentence'].map((model) => ({
    name: model,
    model,
    digest,
    mutable: null,
  }))
  const manifest = {
    models,
    target: null,
    prompts: [],
    datasets: [{ name: 'questions', digest }],
    index: { name: 'knowledge', digest },
  }
  const flow = { name: 'main', digest, steps: [] }
  const rest = {
    baseline: null,
    suites: [],
    evaluators: [],
    priceBook: { name: 'p', digest },
    application: 'shop',
    flow,
  }
  const context = {
    release: { id: 'rel_01k9zzzzzzzzzzzzzzzzzzzzzz', application: 'shop', manifest: { ...manifest, ...rest } },
    application: { name: 'shop', documents },
    by: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz',
    signal: new AbortController().signal,
  } as unknown as ProducerContext
  const drafts = await Promise.all(createDocumentProducers({ clock: stoppedClock() }).map(({ run }) => run(context)))
  const open = Object.fromEntries(drafts.flat().map(({ check, facts }) => [check, facts]))

  expect(open).toMatchObject({
    'gov.owner': { missingDuties: { value: 4 } },
    'biz.charter': { complete: { value: false }, missing: { value: 1 }, kpisWithBaselineAndTarget: { value: 0 } },
    'strat.decision': { answered: { value: 6 / 9 }, baselineNamed: { value: true }, rejectedOptions: { value: 2 } },
    'gov.classification': { answered: { value: false }, prohibited: { value: false } },
    'risk.register': {
      risks: { value: 6 },
      missingSeedRisks: { value: 0 },
      unrated: { value: 6 },
      untreated: { value: 6 },
    },
    'model.approved': { unapproved: { value: 2 } },
    'data.inventory': { sources: { value: 2 }, incomplete: { value: 2 } },
  })
})
