/** The drafts that the templates ship are well formed, and honest: what only an owner knows stays open. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseBlueprint } from '../../core/blueprint/parse.ts'
import type { ProducerContext } from '../../core/producer.ts'
import { digestOf } from '../../kernel/digest.ts'
import { stoppedClock } from '../../kernel/time.ts'
import { createDocumentProducers, documentProblems } from './documents.ts'

const digest = digestOf('x')

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
  expect(documentProblems(documentsOf('support-assistant'))).toEqual([])
  expect(documentProblems(documentsOf('bring-your-own'))).toEqual([])
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
