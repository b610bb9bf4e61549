/** Figures of CACM: our search over 3,204 abstracts beside Anserini's, with two ways of taking words and two settings. */
import { setImmediate } from 'node:timers/promises'
import { averagePrecision, mean, ndcg, precisionAtK, recallAtK, reciprocalRank } from '../../kernel/statistics/index.ts'
import type { SearchIndex, SearchSettings } from '../searched.ts'
import type { PublishedFigure } from './contract.ts'
import { differs, type Figures, type FileOf, jsonLines, linesOf, met, textOf } from './figure.ts'

const CORPUS = 'retrieval-cacm/corpus.jsonl.gz'
const QUERIES = 'retrieval-cacm/queries.jsonl'
const JUDGED = 'retrieval-cacm/qrels.txt'
const RUN = 'retrieval-cacm/run.anserini-bm25.top30.txt'
/** As trec_eval takes it. */
const DEPTH = 1_000

type Document = { id: string; text: string; citations: string }
type Ranked = { readonly ranking: readonly string[]; readonly relevance: Readonly<Record<string, number>> }

const MEASURES = [
  ['MAP', (one: Ranked) => averagePrecision(one)],
  ['MRR', (one: Ranked) => reciprocalRank(one)],
  ['P@30', (one: Ranked) => precisionAtK({ ...one, k: 30 })],
  ['nDCG@10', (one: Ranked) => ndcg({ ...one, k: 10 })],
  ['recall@100', (one: Ranked) => recallAtK({ ...one, k: 100 })],
] as const

type Row = SearchSettings & { readonly isWithCitations: boolean; readonly references: readonly number[] }
const [plain, english] = [{ analyser: 'plain' } as const, { analyser: 'english' } as const]
const OURS = { k1: 1.2, b: 0.75 }
const ANSERINI = { k1: 0.9, b: 0.4 }

const TABLE: readonly Row[] = [
  { ...plain, ...OURS, isWithCitations: false, references: [0.3158, 0.7333, 0.1744, 0.4482, 0.6291] },
  { ...plain, ...ANSERINI, isWithCitations: false, references: [0.3002, 0.7418, 0.1686, 0.4336, 0.6177] },
  { ...english, ...OURS, isWithCitations: false, references: [0.3544, 0.7182, 0.2173, 0.5004, 0.6977] },
  { ...english, ...ANSERINI, isWithCitations: false, references: [0.3352, 0.7162, 0.2071, 0.4785, 0.6649] },
  { ...english, ...ANSERINI, isWithCitations: true, references: [0.3129, 0.7051, 0.1929, 0.4535, 0.6425] },
]

export const cacm: Figures = {
  name: 'cacm',
  title: 'CACM: search over 3,204 abstracts, 52 judged questions',
  source: 'castorini/anserini (Apache-2.0), commit 81e3414; castorini/anserini-tools, commit 5b819c1',
  basis:
    'configs/cacm.yaml and the run of the source for Anserini; the rest computed from the files by another program',
  files: [CORPUS, QUERIES, JUDGED, RUN],
  sourceFiles: [],
  async compute({ fileOf, indexOver }) {
    const documents = jsonLines<Document>(fileOf(CORPUS))
    const queries = linesOf<{ id: string; text: string }>(textOf(fileOf(QUERIES)))
    const judged = judgements(textOf(fileOf(JUDGED)))
    const figures: PublishedFigure[] = [met('questions that are judged', 52, judged.size, 0)]
    for (const { references, isWithCitations, ...settings } of TABLE) {
      await setImmediate()
      const index = await indexOver(
        documents.map(({ id, text, citations }) => ({
          id,
          title: '',
          text: isWithCitations ? `${text}\n${citations}` : text,
        })),
        settings,
      )
      const found = queries.flatMap(({ id, text }) => {
        const relevance = judged.get(String(id))
        return relevance ? [{ ranking: index.search(text, DEPTH).map((one) => one.id), relevance }] : []
      })
      figures.push(...figuresOf({ references, isWithCitations, ...settings }, index, found))
    }
    return [...figures, ...anserini(fileOf, judged)]
  },
}

function figuresOf(row: Row, { terms, tokens }: SearchIndex, found: readonly Ranked[]): PublishedFigure[] {
  const title = `${row.analyser}, k1 ${row.k1}, b ${row.b}${row.isWithCitations ? ', with citations' : ''}`
  const over = (measure: (one: Ranked) => number | undefined) => mean(found.map((one) => measure(one) ?? 0))
  const within = row.analyser === 'plain' ? 0 : 0.002
  return [
    ...MEASURES.map(([name, measure], at) =>
      differs(`${title}: ${name}`, row.references[at] ?? Number.NaN, over(measure), { why: STEMMED, within }),
    ),
    ...(row.analyser === 'plain' && row.k1 === OURS.k1
      ? [met(`${title}: different words`, 15_073, terms, 0), met(`${title}: words`, 246_738, tokens, 0)]
      : []),
    ...(row.isWithCitations
      ? [
          met(`${title}: words`, 321_025, tokens, 0),
          differs(`${title}: different words`, 14_318, terms, { why: STEMMED, within: 14, digits: 0 }),
          ...(['MAP', 'P@30'] as const).map((name, at) => {
            const measure = MEASURES.find(([one]) => one === name)?.[1] ?? averagePrecision
            return differs(`${title}, Anserini itself: ${name}`, [0.3123, 0.1942][at] ?? Number.NaN, over(measure), {
              why: LUCENE,
              within: 0.002,
            })
          }),
        ]
      : []),
  ]
}

const STEMMED =
  'Our stemmer is that of the paper of 1980; the reference has the two rules that its author added (bli to ble, logi to log), with which every digit is met.'
const LUCENE =
  'Anserini takes words as Lucene does (14,363 different ones of 320,968), and keeps the length of a text in one byte.'

/** Anserini's own ranking, thirty a question, measured by our code. */
function anserini(fileOf: FileOf, judged: ReadonlyMap<string, Record<string, number>>): PublishedFigure[] {
  const ranked = Map.groupBy(rowsOf(textOf(fileOf(RUN))), ([query]) => query)
  const found = [...judged].map(([query, relevance]) => ({
    ranking: (ranked.get(query) ?? []).map(([, , document = '']) => document),
    relevance,
  }))
  return [
    met("Anserini's own run, 30 deep: MAP", 0.2744, mean(found.map((one) => averagePrecision(one) ?? 0))),
    met("Anserini's own run, 30 deep: P@30", 0.1942, mean(found.map((one) => precisionAtK({ ...one, k: 30 })))),
  ]
}

function judgements(text: string): Map<string, Record<string, number>> {
  const judged = new Map<string, Record<string, number>>()
  for (const [query = '', , document = '', grade] of rowsOf(text)) {
    const of = judged.get(query) ?? {}
    of[document] = Number(grade)
    judged.set(query, of)
  }
  return judged
}

const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(/\s+/))
