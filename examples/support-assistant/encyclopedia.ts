/** A second application over ClapNQ (Apache-2.0): the same questions searched with two analysers, compared in pairs. */
import { type Files, lines } from './blueprints.ts'
import { readLines } from './tasks.ts'

type Question = { id: string; input: string; passages: { title: string; text: string }[]; output: { answer: string }[] }

/** All 600 passages are searched; the questions are the 300 answerable ones and the 300 that no passage answers. */
export function encyclopediaHelper({
  dataFolder,
  analyser,
}: {
  dataFolder: URL
  analyser: 'plain' | 'english'
}): Files {
  const answerable = readLines<Question>(new URL('rag-clapnq/dev.answerable.jsonl.gz', dataFolder))
  const unanswerable = readLines<Question>(new URL('rag-clapnq/dev.unanswerable.jsonl.gz', dataFolder))
  const passages = [...answerable, ...unanswerable].map(({ id, passages }) => ({
    id,
    title: passages[0]?.title ?? '',
    text: passages[0]?.text ?? '',
  }))
  const example = (isAnswerable: boolean) => (question: Question) => ({
    id: question.id,
    input: question.input,
    ...(isAnswerable && { expected: question.output.map(({ answer }) => answer) }),
    contexts: [question.id],
    unanswerable: !isAnswerable,
    split: 'regress',
    source: 'primeqa/clapnq, Apache-2.0',
  })
  return {
    'airworthy.yaml': `description: Answers encyclopedia questions, to compare two analysers (example on public data)
profile: {audience: internal, personalData: contact}
models:
  answer: {model: local/extractive}
flow: answer
knowledge: {analyser: ${analyser}}
`,
    'flows/answer.yaml': `steps:
  - {id: passages, use: retrieve, k: 2, depth: 100}
  - {id: answer, use: generate, prompt: answer, model: answer}
`,
    'prompts/answer.prompt': '{{#each passages}}[{{n}}] {{title}}: {{text}}\n{{/each}}{{role "user"}}{{question}}\n',
    'knowledge/passages.jsonl': lines(passages),
    'datasets/clapnq.jsonl': lines([...answerable.map(example(true)), ...unanswerable.map(example(false))]),
    'evals/clapnq.yaml': `description: 600 questions, each with the passage that it was asked about
dataset: clapnq
splits: [regress]
evaluators: [average-precision, {use: recall-at-k, options: {k: 10}}, token-f1]
primary: average-precision
margin: 0.03
`,
  }
}
