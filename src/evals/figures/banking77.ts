/** Figures of BANKING77: what naive Bayes over words makes of 77 intents, the floor of every router. */
import { readCsv } from '../../kernel/csv.ts'
import { classification } from '../../kernel/statistics/index.ts'
import { type Figures, met, unpacked } from './figure.ts'

const TRAIN = 'intent-banking77/train.csv.gz'
const TEST = 'intent-banking77/test.csv.gz'

type Row = { readonly text: string; readonly category: string }

export const banking77: Figures = {
  name: 'banking77',
  title: 'BANKING77: naive Bayes over words on 77 intents',
  source: 'PolyAI-LDN/task-specific-datasets (CC BY 4.0), commit 57ec275',
  basis: 'the README of the source for the counts; the rest computed by another program',
  files: [TRAIN, TEST],
  sourceFiles: [],
  compute({ fileOf }) {
    const [train, test] = [rowsOf(fileOf(TRAIN)), rowsOf(fileOf(TEST))]
    const tell = naiveBayes(train)
    const found = classification({
      truth: test.map(({ category }) => category),
      predicted: test.map(({ text }) => tell(text)),
    })
    const accuracy = found?.accuracy ?? Number.NaN
    return [
      met('questions to learn from', 10_003, train.length, 0),
      met('questions to tell', 3_080, test.length, 0),
      met('intents', 77, found?.labels.length ?? 0, 0),
      met('told rightly', 2_421, accuracy * test.length, 0),
      met('accuracy', 0.786, accuracy),
      met('macro F1', 0.7765, found?.macroF1 ?? Number.NaN),
    ]
  },
}

const rowsOf = (bytes: Uint8Array): Row[] =>
  readCsv(unpacked(bytes), { delimiter: ',' })
    .slice(1)
    .map(({ cells: [text = '', category = ''] }) => ({ text, category }))

const words = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

/** Multinomial, add-one; words that were never seen are skipped, ties go to the first label by name. */
function naiveBayes(rows: readonly Row[]): (text: string) => string {
  const vocabulary = new Set(rows.flatMap(({ text }) => words(text)))
  const labels = [...Map.groupBy(rows, ({ category }) => category)].sort(([one], [other]) => (one < other ? -1 : 1))
  const models = labels.map(([label, own]) => {
    const counts = new Map<string, number>()
    for (const word of own.flatMap(({ text }) => words(text))) counts.set(word, (counts.get(word) ?? 0) + 1)
    const seen = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return { label, prior: Math.log(own.length / rows.length), counts, total: seen + vocabulary.size }
  })
  return (text) => {
    const known = words(text).filter((word) => vocabulary.has(word))
    const scores = models.map(({ prior, counts, total }) =>
      known.reduce((sum, word) => sum + Math.log(((counts.get(word) ?? 0) + 1) / total), prior),
    )
    return models[scores.indexOf(Math.max(...scores))]?.label ?? ''
  }
}
