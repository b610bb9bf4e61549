/**
 * The three releases of the support assistant as files. They differ in the model, and then in the flow;
 * everything else stays, so that the product can say what changed and what evidence still holds.
 */
import { DOCUMENTS } from './documents.ts'
import { readDocuments, type Task } from './tasks.ts'

export type Files = Record<string, string>

/** Passage and sentence that the named baseline answers with: the first of the first. */
const BASELINE = `steps:
  - {id: passages, use: retrieve, query: last-user-turn, k: 1}
  - {id: answer, use: generate, prompt: answer, model: first-sentence}
`

const FLOWS = {
  /** Two passages for the last question. */
  narrow: `steps:
  - {id: passages, use: retrieve, query: last-user-turn, k: 2, depth: 100}
  - {id: answer, use: generate, prompt: answer, model: answer}
`,
  /** A plausible "improvement": search with the whole conversation, take many passages, refuse when unsure. */
  wide: `steps:
  - {id: passages, use: retrieve, query: all-user-turns, k: 12, depth: 100}
  - {id: unsure, use: abstain, bestScoreBelow: 30, answer: "I am not sure about this. Please contact our support."}
  - {id: answer, use: generate, prompt: answer, model: answer}
`,
} as const

const PROMPT = `---
description: Answers the last question of a conversation from numbered passages.
input:
  schema:
    question: string
    passages(array):
      n: integer
      title?: string
      text: string
---
{{role "system"}}
You answer questions of customers from the passages below and from nothing else. Cite the passage that
you use as [n]. If the passages do not hold the answer, say so.
{{#each passages}}
[{{n}}] {{title}}
{{text}}
{{/each}}
{{role "user"}}
{{question}}
`

const SUITES: Files = {
  'evals/mtrag.yaml': `description: 159 turns of real conversations, judged against the answers of people
dataset: mtrag
splits: [build, regress]
evaluators: [token-f1, rouge-l, recall-at-k, average-precision, citation-validity, abstention, latency-ms, cost-micro-usd]
primary: token-f1
margin: 0.03
`,
  'evals/build.yaml': `description: the conversations that thresholds are fixed on
dataset: mtrag
splits: [build]
evaluators: [token-f1]
`,
}

const MODELS = {
  reader: 'answer: {model: local/extractive}',
  recorded: 'answer: {model: replay/mtrag-gpt-4o, parameters: {otherwise: local/extractive}}',
} as const

export function supportAssistant({
  dataFolder,
  tasks,
  model,
  flow,
}: {
  dataFolder: URL
  tasks: readonly Task[]
  model: keyof typeof MODELS
  flow: keyof typeof FLOWS
}): Files {
  return {
    'airworthy.yaml': settings(MODELS[model]),
    'flows/answer.yaml': FLOWS[flow],
    'flows/first-sentence.yaml': BASELINE,
    'prompts/answer.prompt': PROMPT,
    'knowledge/passages.jsonl': lines(readDocuments(dataFolder)),
    'datasets/mtrag.jsonl': lines(tasks.map(exampleOf)),
    ...SUITES,
    ...DOCUMENTS,
  }
}

const settings = (
  answer: string,
): string => `description: Answers questions from documents, over several turns (example on public data)
profile: {industry: public services, users: [US], audience: customers, personalData: contact}
duties:
  business-owner: Grace Example
  technical-lead: Ada Example
  risk: Mary Example
  operations: Ada Example
builders: [Ada Example]
models:
  ${answer}
  first-sentence: {model: local/first-sentence}
flow: answer
baseline: first-sentence
knowledge: {analyser: plain}
limits: {requestsPerMinute: 30000, usdPerMonth: "50"}
gates:
  poc:
    add: [eval.regress]
rollouts:
  poc:
    steps: [0.2, 0.5, 1]
    soakMinutes: 0
    minimumUnits: 100
    plannedUnits: 1000
    metrics:
      - {name: error, kind: event, margin: 0.05}
      - {name: invalid-citation, kind: event, margin: 0.05}
      - {name: feedback.abstained-on-answerable, kind: event, margin: 0.05}
      - {name: feedback.low-token-f1, kind: event, margin: 0.1}
      - {name: latency-ms, kind: mean, scale: log, margin: 1}
      - {name: cost-micro-usd, kind: mean, margin: 10000}
`

const exampleOf = (task: Task) => ({
  id: task.id,
  input: task.turns,
  expected: task.reference,
  ...(task.contexts.length > 0 && { contexts: task.contexts }),
  unanswerable: !task.isAnswerable,
  split: task.split,
  cluster: task.cluster,
  source: 'IBM/mt-rag-benchmark, Apache-2.0',
})

export const lines = (rows: readonly unknown[]): string => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`
