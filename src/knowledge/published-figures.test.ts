/** The figures that others published, or that another program computed, for these very files. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { averagePrecision, mean, ndcg, precisionAtK, recallAtK, reciprocalRank } from '../kernel/statistics/index.ts'
import type { Passage } from './passage.ts'
import { buildSnapshot, type IndexSettings } from './snapshot/build.ts'
import { type KnowledgeIndex, openSnapshot } from './snapshot/index-view.ts'

/** The published figures of mt-rag and clapnq are met at this depth, and at no other. */
const DEPTH = 100
const PLAIN: IndexSettings = { analyser: 'plain', k1: 1.2, b: 0.75 }

const linesOf = (file: string): Record<string, unknown>[] => {
  const bytes = readFileSync(new URL(`../../data/${file}`, import.meta.url))
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
const indexOf = async (passages: Passage[], settings: IndexSettings): Promise<KnowledgeIndex> =>
  openSnapshot((await buildSnapshot(passages, settings)).file)
const passage = (id: unknown, title: unknown, text: unknown): Passage => ({
  id: String(id),
  title: String(title ?? ''),
  text: String(text),
  source: '',
})
const relevant = (ids: Iterable<string>) => Object.fromEntries([...ids].map((id) => [id, 1]))
const rounded = (value: number) => Math.round(value * 1e4) / 1e4
const ranking = (index: KnowledgeIndex, query: string, depth: number) => index.search(query, depth).map(({ id }) => id)

test('finds the contexts of 150 conversations of mt-rag as well as published here', async () => {
  const documents = linesOf('rag-mtrag-human/documents.jsonl.gz')
  const index = await indexOf(
    documents.map((row) => passage(row.document_id, row.title, row.text)),
    PLAIN,
  )
  const tasks = (
    linesOf('rag-mtrag-human/tasks.jsonl.gz') as {
      input: { speaker: string; text: string }[]
      contexts: { document_id: string }[]
    }[]
  )
    .filter(({ contexts }) => contexts.length > 0)
    .map(({ input, contexts }) => ({
      turns: input.filter(({ speaker }) => speaker === 'user').map(({ text }) => text),
      relevance: relevant(contexts.map((context) => context.document_id)),
    }))
  const average = (measure: (task: (typeof tasks)[number]) => number | undefined) =>
    rounded(mean(tasks.map((task) => measure(task) ?? 0)))
  const last = ({ turns, relevance }: (typeof tasks)[number]) => ({
    ranking: ranking(index, turns.at(-1) ?? '', DEPTH),
    relevance,
  })

  expect(tasks.length).toBe(150)
  expect(average((task) => averagePrecision(last(task)))).toBe(0.5141)
  expect(average((task) => recallAtK({ ...last(task), k: 5 }))).toBe(0.5691)
  expect(average((task) => precisionAtK({ ...last(task), k: 1 }))).toBe(0.5133)
  expect(
    average(({ turns, relevance }) => averagePrecision({ ranking: ranking(index, turns.join(' '), DEPTH), relevance })),
  ).toBe(0.3575)
})

test('finds the passage of 600 questions of clapnq as well as published here', async () => {
  const rows = ['answerable', 'unanswerable'].flatMap((part) => linesOf(`rag-clapnq/dev.${part}.jsonl.gz`)) as {
    id: string
    input: string
    passages: { title: string; text: string }[]
  }[]
  const index = await indexOf(
    rows.map(({ id, passages: [one] }) => passage(id, one?.title, one?.text)),
    PLAIN,
  )
  const found = rows.map(({ id, input }) => ({ ranking: ranking(index, input, DEPTH), relevance: relevant([id]) }))

  expect(rows.length).toBe(600)
  expect(rounded(mean(found.map(reciprocalRank)))).toBe(0.7774)
  expect(rounded(mean(found.map((one) => precisionAtK({ ...one, k: 1 }))))).toBe(0.7133)
  expect(rounded(mean(found.map((one) => recallAtK({ ...one, k: 10 }) ?? 0)))).toBe(0.8783)
})

const COLUMNS = ['map', 'mrr', 'p30', 'ndcg10', 'recall100'] as const

test.for([
  { settings: PLAIN, expected: [0.3158, 0.7333, 0.1744, 0.4482, 0.6291], within: 0 },
  { settings: { ...PLAIN, k1: 0.9, b: 0.4 }, expected: [0.3002, 0.7418, 0.1686, 0.4336, 0.6177], within: 0 },
  {
    settings: { analyser: 'english', k1: 1.2, b: 0.75 } as const,
    expected: [0.3544, 0.7182, 0.2173, 0.5004, 0.6977],
    within: 0.002,
  },
  {
    settings: { analyser: 'english', k1: 0.9, b: 0.4 } as const,
    expected: [0.3352, 0.7162, 0.2071, 0.4785, 0.6649],
    within: 0.002,
  },
])('ranks CACM with $settings.analyser, k1 $settings.k1, b $settings.b as published here', async (row) => {
  const index = await indexOf(
    linesOf('retrieval-cacm/corpus.jsonl.gz').map(({ id, text }) => passage(id, '', text)),
    row.settings,
  )
  const judged = judgements()
  const found = linesOf('retrieval-cacm/queries.jsonl').flatMap(({ id, text }) => {
    const relevance = judged.get(String(id))
    return relevance ? [{ ranking: ranking(index, String(text), 1000), relevance }] : []
  })
  const figures = {
    map: mean(found.map((one) => averagePrecision(one) ?? 0)),
    mrr: mean(found.map(reciprocalRank)),
    p30: mean(found.map((one) => precisionAtK({ ...one, k: 30 }))),
    ndcg10: mean(found.map((one) => ndcg({ ...one, k: 10 }) ?? 0)),
    recall100: mean(found.map((one) => recallAtK({ ...one, k: 100 }) ?? 0)),
  }

  if (row.settings.analyser === 'plain') expect([index.terms, index.tokens]).toEqual([15_073, 246_738])
  expect(found.length).toBe(52)
  for (const [at, name] of COLUMNS.entries())
    expect(Math.abs(rounded(figures[name]) - (row.expected[at] ?? 0)), `${name} ${figures[name]}`).toBeLessThanOrEqual(
      row.within + 1e-9,
    )
})

function judgements(): Map<string, Record<string, number>> {
  const judged = new Map<string, Record<string, number>>()
  const lines = readFileSync(new URL('../../data/retrieval-cacm/qrels.txt', import.meta.url), 'utf8').split('\n')
  for (const line of lines.filter(Boolean)) {
    const [query = '', , document = '', grade] = line.split(/\s+/)
    judged.set(query, { ...judged.get(query), [document]: Number(grade) })
  }
  return judged
}
