/** Figures of MT-RAG: what people say of answers, how far they agree, and what may therefore be judged by a machine. */
import {
  averagePrecision,
  krippendorffAlpha,
  mean,
  precisionAtK,
  recallAtK,
  spearman,
} from '../../kernel/statistics/index.ts'
import { type CalibrationCase, calibrate } from '../judges/index.ts'
import type { PublishedFigure } from './contract.ts'
import { differs, type Figures, jsonLines, met, type Recording, said } from './figure.ts'

const RATED = 'rag-mtrag-human/evaluations.jsonl.gz'
const TASKS = 'rag-mtrag-human/tasks.jsonl.gz'
const DOCUMENTS = 'rag-mtrag-human/documents.jsonl.gz'

type Rated = { model_id: string; annotations: Record<string, Record<string, string | number>> }
type Task = { input: { speaker: string; text: string }[]; contexts: { document_id: string }[] }

const METRICS = ['naturalness', 'appropriateness', 'completeness', 'faithfulness'] as const
/** Mean of each answer's mean rating: the four metrics, and the win rate. */
const MEANS = {
  reference: [3.8973, 3.653, 3.6876, 3.608, 59.85],
  'llama-3.1-405b': [3.7736, 3.673, 3.5105, 3.2432, 47.07],
  'gpt-4o': [3.8889, 3.6604, 3.5021, 3.239, 48.85],
} as const
const ALPHAS = { naturalness: 0.3178, appropriateness: 0.0639, completeness: 0.2635, faithfulness: 0.47 } as const
const CORRELATIONS = [
  ['Bert-KPrec', 0.6542],
  ['rl_f', 0.6347],
  ['rb_agg', 0.5148],
  ['RougeL', 0.5051],
  ['Bert-Rec', 0.348],
  ['rb_llm', 0.289],
] as const
/** The references of search are met at this depth. */
const DEPTH = 100

export const mtrag: Figures = {
  name: 'mtrag',
  title: 'MT-RAG: 477 answers rated by three people each, and search over 350 passages',
  source: 'IBM/mt-rag-benchmark (Apache-2.0), commit cc5b1d4; answers of gpt-4o, llama-3.1-405b and people',
  basis: 'computed from the published ratings by another program',
  files: [RATED, TASKS, DOCUMENTS],
  sourceFiles: [],
  async compute(recording) {
    const rated = jsonLines<Rated>(recording.fileOf(RATED))
    return [
      ...means(rated),
      ...METRICS.flatMap((metric) => agreement(rated, metric)),
      ...correlations(rated),
      ...(await search(recording)),
    ]
  },
}

const ratingsOf = ({ annotations }: Rated, metric: string) => Object.values(annotations[metric] ?? {}).map(Number)

const means = (rated: readonly Rated[]): PublishedFigure[] =>
  Object.entries(MEANS).flatMap(([model, references]) => {
    const own = rated.filter(({ model_id }) => model_id.startsWith(model))
    return [...METRICS, 'win-rate'].map((metric, at) => {
      const ours = mean(own.map((row) => mean(ratingsOf(row, metric))))
      const reference = references[at] ?? Number.NaN
      return metric === 'win-rate'
        ? differs(`${model}: win rate`, reference, ours, { why: ROUNDED, within: 0.0051, digits: 2 })
        : met(`${model}: ${metric}`, reference, ours)
    })
  })

const ROUNDED = 'The mean is 47.06499; the reference was rounded twice, by way of 47.065.'

/** A judge that always says what most people say is as good as any can be; what it may do shows what the labels carry. */
function agreement(rated: readonly Rated[], metric: (typeof METRICS)[number]): PublishedFigure[] {
  const units = rated.map((row) => ratingsOf(row, metric))
  const cases = units.map((ratings, at): CalibrationCase => {
    const values = ratings.map((value) => value >= 3)
    const most = values.filter(Boolean).length * 2 > values.length
    return { id: String(at), labels: values.map((value, rater) => ({ by: `r${rater}`, value })), verdict: most }
  })
  const { standing } = calibrate(cases)
  return [
    met(
      `${metric}: Krippendorff's alpha`,
      ALPHAS[metric],
      krippendorffAlpha({ units, level: 'ordinal' })?.alpha ?? Number.NaN,
    ),
    said(
      `${metric}: a judge that agrees with most people is`,
      metric === 'faithfulness' ? 'weak' : 'refused',
      standing,
    ),
  ]
}

function correlations(rated: readonly Rated[]): PublishedFigure[] {
  const answers = rated.filter(({ model_id }) => model_id !== 'reference')
  const second = answers.map((row) => mean(ratingsOf(row, 'faithfulness')))
  return CORRELATIONS.map(([metric, reference]) => {
    const first = answers.map(({ annotations }) => Number(Object.values(annotations[metric] ?? {})[0]))
    return met(`${metric}: Spearman's rho with faithfulness`, reference, spearman({ first, second }) ?? Number.NaN)
  })
}

async function search({ fileOf, indexOver }: Recording): Promise<PublishedFigure[]> {
  const documents = jsonLines<{ document_id: string; title: string | null; text: string }>(fileOf(DOCUMENTS))
  const index = await indexOver(
    documents.map(({ document_id, title, text }) => ({ id: document_id, title: title ?? '', text })),
    { analyser: 'plain', k1: 1.2, b: 0.75 },
  )
  const tasks = jsonLines<Task>(fileOf(TASKS)).filter(({ contexts }) => contexts.length > 0)
  const found = tasks.map(({ input, contexts }) => {
    const turns = input.filter(({ speaker }) => speaker === 'user').map(({ text }) => text)
    const relevance = Object.fromEntries(contexts.map(({ document_id }) => [document_id, 1]))
    const ranked = (query: string) => ({ ranking: index.search(query, DEPTH).map(({ id }) => id), relevance })
    return { last: ranked(turns.at(-1) ?? ''), all: ranked(turns.join(' ')) }
  })
  const over = (measure: (one: (typeof found)[number]) => number | undefined) =>
    mean(found.map((one) => measure(one) ?? 0))
  return [
    met('tasks with contexts', 150, tasks.length, 0),
    met(
      'last turn: MAP',
      0.5141,
      over(({ last }) => averagePrecision(last)),
    ),
    met(
      'last turn: recall@5',
      0.5691,
      over(({ last }) => recallAtK({ ...last, k: 5 })),
    ),
    met(
      'last turn: hit@1',
      0.5133,
      over(({ last }) => precisionAtK({ ...last, k: 1 })),
    ),
    met(
      'all turns joined: MAP',
      0.3575,
      over(({ all }) => averagePrecision(all)),
    ),
  ]
}
