/** Figures of CLAPNQ: search for one passage among 600, and how far a plain rule gets without a model. */
import { Example } from '../../core/dataset.ts'
import { mean, precisionAtK, recallAtK, reciprocalRank } from '../../kernel/statistics/index.ts'
import { plainTokens, prepareEvaluators } from '../evaluators/index.ts'
import type { IndexOver } from '../searched.ts'
import type { PublishedFigure } from './contract.ts'
import { type Figures, jsonLines, met } from './figure.ts'

const ANSWERABLE = 'rag-clapnq/dev.answerable.jsonl.gz'
const UNANSWERABLE = 'rag-clapnq/dev.unanswerable.jsonl.gz'
/** The references are met at this depth. */
const DEPTH = 100

type Question = {
  id: string
  input: string
  passages: { title: string; text: string; sentences: string[] }[]
  output: { answer: string; selected_sentences: string[] }[]
}

export const clapnq: Figures = {
  name: 'clapnq',
  title: 'CLAPNQ: search over 600 passages, and a rule that takes one sentence',
  source: 'primeqa/clapnq (Apache-2.0), commit eb26840',
  basis: 'computed from the published questions by another program',
  files: [ANSWERABLE, UNANSWERABLE],
  sourceFiles: [],
  async compute({ fileOf, indexOver }) {
    const [answerable, unanswerable] = [ANSWERABLE, UNANSWERABLE].map((path) => jsonLines<Question>(fileOf(path)))
    const all = [...(answerable ?? []), ...(unanswerable ?? [])]
    return [
      ...(await search(indexOver, all, [
        { title: 'all 600', questions: all, references: [0.7774, 0.7133, 0.8783] },
        { title: '300 answerable', questions: answerable ?? [], references: [0.9182, 0.8767, 0.9667] },
      ])),
      ...(await sentences(answerable ?? [])),
    ]
  },
}

type Asked = { title: string; questions: readonly Question[]; references: readonly [number, number, number] }

/** The index holds the passages of all, whoever asks. */
async function search(
  indexOver: IndexOver,
  all: readonly Question[],
  asked: readonly Asked[],
): Promise<PublishedFigure[]> {
  const index = await indexOver(
    all.map(({ id, passages: [one] }) => ({ id, title: one?.title ?? '', text: one?.text ?? '' })),
    { analyser: 'plain', k1: 1.2, b: 0.75 },
  )
  return asked.flatMap(({ title, questions, references: [rank, hit, recall] }) => {
    const found = questions.map(({ id, input }) => ({
      ranking: index.search(input, DEPTH).map((one) => one.id),
      relevance: { [id]: 1 },
    }))
    return [
      met(`${title}: MRR`, rank, mean(found.map(reciprocalRank))),
      met(`${title}: hit@1`, hit, mean(found.map((one) => precisionAtK({ ...one, k: 1 })))),
      met(`${title}: recall@10`, recall, mean(found.map((one) => recallAtK({ ...one, k: 10 }) ?? 0))),
    ]
  })
}

/** The sentence that shares most different words with the question, the earliest of equals, is the answer. */
async function sentences(questions: readonly Question[]): Promise<PublishedFigure[]> {
  const chosen = questions.map(({ input, passages: [one] }) => {
    const asked = new Set(plainTokens(input))
    const shared = (one?.sentences ?? []).map(
      (text) => [...new Set(plainTokens(text))].filter((word) => asked.has(word)).length,
    )
    return one?.sentences[shared.indexOf(Math.max(...shared))] ?? ''
  })
  const isSelected = (sentence: string | undefined, at: number) =>
    (questions[at]?.output ?? []).some(({ selected_sentences }) => selected_sentences.includes(sentence ?? ''))
  const likeness = async (answers: readonly string[]) =>
    mean(await Promise.all(questions.map((question, at) => rouge(question, answers[at] ?? ''))))
  return [
    met('sentence with most words of the question: selected', 211, chosen.filter(isSelected).length, 0),
    met(
      'first sentence: selected',
      210,
      questions.filter(({ passages: [one] }, at) => isSelected(one?.sentences[0], at)).length,
      0,
    ),
    met('that sentence as the answer: ROUGE-L', 0.4407, await likeness(chosen)),
    met(
      'the whole passage as the answer: ROUGE-L',
      0.5008,
      await likeness(questions.map(({ passages: [one] }) => one?.text ?? '')),
    ),
  ]
}

const [rougeL] = prepareEvaluators([{ use: 'rouge-l', options: {} }])

async function rouge({ id, input, output }: Question, answer: string): Promise<number> {
  const row = {
    example: Example.parse({ id, input, expected: output.map((one) => one.answer) }),
    answer,
    result: { abstained: false, passages: [], citations: [], invalidCitations: [], latencyMs: 0, costMicroUsd: null },
  }
  return (await rougeL?.score(row, { signal: new AbortController().signal }))?.score ?? 0
}
