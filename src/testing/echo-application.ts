/**
 * An application that a test can take along the whole path without a model: it says the question back, and
 * saying it back is what its dataset expects. Documents are complete but for the classification, which a person
 * attests. `release` chooses how well it does.
 */

export type EchoRelease =
  /** Says the question back. */
  | 'first'
  /** The same with another prompt. */
  | 'second'
  /** Answers with one sentence, whatever was asked: worse than the baseline's nothing to speak of. */
  | 'worse'

export type EchoFiles = Record<string, string>

/** Three of four are for judging: 36, of which the gate asks for at least 30. */
const CASES = 48

const SETTINGS = {
  description: 'Reads a parcel number back',
  profile: { industry: 'logistics', users: ['EU'], audience: 'customers', personalData: 'none' },
  duties: {
    'business-owner': 'Grace Owner',
    'technical-lead': 'Ada Builder',
    risk: 'Mary Risk',
    operations: 'Ada Builder',
  },
  builders: ['Ada Builder'],
  flow: [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer' }],
  baseline: [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'baseline' }],
  limits: { requestsPerMinute: 60_000, usdPerMonth: '50' },
  rollouts: {
    poc: {
      // With more of the traffic at once fewer users are needed: some 350 here.
      steps: [0.4, 0.7, 1],
      soakMinutes: 0,
      minimumUnits: 100,
      plannedUnits: 300,
      metrics: [
        { name: 'error', kind: 'event', margin: 0.2 },
        { name: 'feedback.unhelpful', kind: 'event', margin: 0.2 },
      ],
    },
  },
}

const ANSWERS: Readonly<Record<EchoRelease, { model: string; parameters?: Record<string, unknown> }>> = {
  first: { model: 'scripted/echo' },
  second: { model: 'scripted/echo' },
  worse: { model: 'scripted/fixed', parameters: { text: 'Please call us.' } },
}

/** The files of its blueprint. */
export function echoApplication(
  release: EchoRelease,
  change: EchoFiles = {},
  { latencyMs = 0 }: { latencyMs?: number } = {},
): EchoFiles {
  const answer = ANSWERS[release]
  const models = {
    answer: { ...answer, ...(latencyMs > 0 && { parameters: { ...answer.parameters, latencyMs } }) },
    baseline: { model: 'scripted/fixed', parameters: { text: 'I do not know.' } },
  }
  return {
    'airworthy.yaml': yaml({ ...SETTINGS, models }),
    'prompts/answer.prompt': promptOf(release === 'first' ? 'Read back what was said.' : 'Read back, word by word.'),
    'datasets/parcels.jsonl': parcels(CASES).join('\n'),
    'evals/parcels.yaml': yaml({ dataset: 'parcels', evaluators: ['token-f1'], primary: 'token-f1' }),
    ...DOCUMENTS,
    ...change,
  }
}

/** Rows of its dataset, one a line. */
export const parcels = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const words = `parcel number ${i + 1} from ${['Antwerp', 'Ghent', 'Bruges'][i % 3]}`
    return JSON.stringify({ id: `p${i + 1}`, input: words, expected: words, split: i % 4 === 3 ? 'build' : 'regress' })
  })

/** A training record of its one builder, as `training-records` imports it. */
export const TRAINING = 'person,module,score,completedAt\nAda Builder,From sandbox to production,0.95,2026-01-10\n'

/** JSON is YAML. */
const yaml = (value: unknown): string => JSON.stringify(value, null, 2)

const promptOf = (instruction: string) =>
  `---\ninput:\n  schema:\n    question: string\n---\n{{role "system"}}\n${instruction}\n{{role "user"}}{{question}}`

const RISKS = ['data-bias', 'security', 'expertise', 'cost', 'integration', 'ethics']

const DOCUMENTS: EchoFiles = {
  'charter.yaml': yaml({
    problem: 'People misread parcel numbers.',
    users: ['customers'],
    kpis: [{ name: 'misread numbers', unit: 'share', baseline: 0.2, target: 0.05, source: 'last quarter' }],
    owner: 'Grace Owner',
    nonGoals: ['tracking parcels'],
    stopCriteria: ['a number read back wrongly'],
  }),
  'decision.yaml': yaml({
    context: 'A number is read back.',
    assessment: Object.fromEntries(
      [
        'domainKnowledge',
        'domainExperts',
        'steps',
        'variability',
        'dataAvailable',
        'dataPrivacy',
        'reasoning',
        'explanations',
        'deployment',
      ].map((question) => [question, 'little']),
    ),
    chosen: { option: 'an echo', reasons: ['it cannot invent a number'] },
    rejected: [{ option: 'a language model', reasons: ['it can'] }],
    baseline: 'one sentence that admits it does not know',
  }),
  'risks.yaml': yaml({
    tolerance: 8,
    risks: RISKS.map((category) => ({
      id: category,
      title: `What ${category} could do`,
      category,
      owner: 'Grace Owner',
      likelihood: 1,
      severity: 2,
      treatment: 'reduce',
      measures: ['a person looks at each complaint'],
      controls: ['eval.smoke'],
    })),
  }),
  'approvals.yaml': yaml({
    models: ['scripted/echo', 'scripted/fixed'].map((model) => ({
      model,
      licence: 'Apache-2.0',
      useAllowed: true,
      dataUse: 'nothing leaves the machine',
      region: 'this machine',
      card: model,
      approvedBy: 'Ada Builder',
    })),
  }),
  'inventory.yaml': yaml({
    sources: [
      {
        name: 'parcel numbers',
        covers: ['parcels'],
        origin: 'internal',
        owner: 'Ada Builder',
        licence: 'ours',
        personalData: 'none',
        region: 'EU',
        retention: 'a year',
        refresh: 'monthly',
      },
    ],
  }),
}
