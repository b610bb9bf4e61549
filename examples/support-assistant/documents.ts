/** The documents that people answer for, filled in honestly for an example on public data; `example: true` marks them everywhere. */

const CHARTER = `example: true
problem: People who need help with public services, finance or cloud products search long documents for one sentence.
users: [people who ask for help, support staff who answer them]
affected: [support staff]
intendedUse: Answers with the passage that they rest on.
outOfScope: [legal advice, decisions about a person]
foreseeableMisuse: [taking an answer for legal advice]
kpis:
  - {name: token F1 against people's answers, baseline: 0.1, target: 0.2, unit: share, source: MT-RAG human answers, killAt: 0.05}
value: Minutes saved for each question.
alternativeWithoutAi: The first sentence of the first search result.
owner: Grace Example
sponsor: Grace Example
nonGoals: [replacing support staff]
stopCriteria: [one invented source in a week, more refusals than answers]
successCriteria: [better than the first sentence of the first result]
jurisdictions: [US]
dataNeeded: [public documents]
autonomy: suggests
`

const DECISION = `example: true
context: Questions over several turns, answered from 350 public passages.
assessment:
  domainKnowledge: none beyond the documents
  domainExperts: the people who wrote the reference answers
  steps: 2
  variability: high, four collections of documents
  dataAvailable: 159 tasks with answers of people
  dataPrivacy: public data
  reasoning: little
  explanations: a source for every answer
  deployment: embedded models, recorded answers
chosen: {option: search the documents at question time, reasons: [knowledge changes, answers need sources]}
rejected:
  - {option: fine-tuning, reasons: [no training data, documents change]}
  - {option: a prompt without documents, reasons: [answers could not be checked]}
baseline: the first sentence of the first passage
experiments: [suite mtrag against the baseline]
dissent: A search page alone might do.
revisitWhen: a live model is available
signers: [Ada Example]
`

const RISKS = `example: true
tolerance: 8
risks:
${[
  ['data-bias', 'Documents cover some groups of users better than others', 2, 3, 'eval.smoke'],
  ['security', 'A document carries instructions to the model', 2, 4, 'sec.secrets'],
  ['expertise', 'Nobody in the team can read the statistics', 2, 2, 'train.builders'],
  ['cost', 'A model with a price is used more than planned', 2, 3, 'ops.budgetcap'],
  ['integration', 'Clients do not understand a refusal', 2, 2, 'eval.smoke'],
  ['ethics', 'People take an answer for legal advice', 2, 4, 'biz.charter'],
]
  .map(
    ([category, title, likelihood, severity, check]) =>
      `  - {id: ${category}, title: "${title}", category: ${category}, owner: Grace Example, likelihood: ${likelihood}, severity: ${severity}, treatment: reduce, measures: [named source under every answer], controls: [${check}], residualLikelihood: 1, residualSeverity: ${severity}, status: treating}`,
  )
  .join('\n')}
`

const MODELS = [
  ['local/extractive', 'Apache-2.0, part of Airworthy', 'nothing leaves the machine'],
  ['local/first-sentence', 'Apache-2.0, part of Airworthy', 'nothing leaves the machine'],
  [
    'replay/mtrag-gpt-4o',
    'recorded answers published under Apache-2.0 (IBM/mt-rag-benchmark)',
    'recorded; nothing leaves the machine',
  ],
]

const APPROVALS = `example: true
models:
${MODELS.map(([model, licence, dataUse]) => `  - {model: ${model}, licence: "${licence}", useAllowed: true, dataUse: "${dataUse}", region: this machine, card: airworthy models, approvedBy: Ada Example, approvedOn: 2026-11-01}`).join('\n')}
`

const INVENTORY = `example: true
sources:
  - name: MT-RAG
    covers: [mtrag, knowledge]
    origin: public
    owner: Ada Example
    licence: Apache-2.0, IBM/mt-rag-benchmark
    personalData: contact
    region: this machine
    retention: as long as the project
    refresh: never, it is a published set
`

/** In the blueprint from the start; the classification is attested by a person instead. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  'charter.yaml': CHARTER,
  'decision.yaml': DECISION,
  'risks.yaml': RISKS,
  'approvals.yaml': APPROVALS,
  'inventory.yaml': INVENTORY,
}

export const TRAINING_RECORDS =
  'person,module,score,completedAt\nAda Example,From sandbox to production (example record),0.95,2026-11-01\n'
