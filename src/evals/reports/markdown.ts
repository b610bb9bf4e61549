/** What a pull request is told: the verdict first, then figures with intervals, then what to look at. */
import type { Experiment } from '../experiment.ts'
import type { Comparison, Slice } from '../results.ts'
import type { FailureCluster } from '../triage/index.ts'
import { difference, dollars, figure, range, verdictWords } from './words.ts'

const CLUSTERS = 5

export function markdownOf(experiment: Experiment, clusters: readonly FailureCluster[]): string {
  return [
    `### ${cell(experiment.suite)}: ${headline(experiment)}`,
    '',
    ...armTable(experiment),
    '',
    ...(experiment.further.length > 0 ? [...furtherTable(experiment), ''] : []),
    ...noteLines(experiment),
    ...sliceLines(experiment.slices),
    ...clusterLines(clusters),
    '',
    `<sub>${experiment.id}, ${experiment.registered?.n ?? experiment.progress.total} examples of ${cell(experiment.dataset)}, ${experiment.repeats} ${experiment.repeats === 1 ? 'repeat' : 'repeats'}, margin ${experiment.registered?.margin ?? 'as in the suite'}, seed ${experiment.seed}; spent ${spentWords(experiment)}.</sub>`,
    '',
  ].join('\n')
}

/** What is not known is never 0. */
const spentWords = ({ spentMicroUsd, spentUnpriced }: Experiment): string =>
  spentUnpriced.length === 0
    ? dollars(spentMicroUsd)
    : `at least ${dollars(spentMicroUsd)}, price of ${spentUnpriced.map(cell).join(', ')} not known`

function headline({ state, error, comparison, registered, arms, primary }: Experiment): string {
  if (state !== 'succeeded') return `${state}${error ? `: ${cell(error)}` : ''}`
  const [first] = comparison
  const failed = arms.reduce((sum, arm) => sum + arm.failed, 0)
  const broken = failed > 0 ? `, ${failed} runs broke` : ''
  if (first) return `**${verdictWords(first)}** on ${first.evaluator}${broken}`
  const score = arms[0]?.scores.find(({ evaluator }) => evaluator === primary)
  const target = registered?.threshold == null ? '' : `, target ${registered.threshold}`
  return `${primary} ${figure(score?.mean ?? null)}${score?.interval ? ` (${range(score.interval)})` : ''}${target}${broken}`
}

function armTable({ arms, comparison, primary }: Experiment): string[] {
  const candidate = arms.find(({ arm }) => arm === 'candidate')
  const control = arms.find(({ arm }) => arm === 'control')
  const evaluators = candidate?.scores.map(({ evaluator }) => evaluator) ?? []
  const rows = evaluators.map((evaluator) => {
    const [own, other] = [candidate, control].map((arm) => arm?.scores.find((one) => one.evaluator === evaluator))
    const compared = comparison.find((one) => one.evaluator === evaluator)
    return [
      evaluator === primary ? `**${evaluator}**` : evaluator,
      ...(control ? [figure(other?.mean ?? null)] : []),
      `${figure(own?.mean ?? null)}${own?.interval ? ` (${range(own.interval)})` : ''}`,
      ...(control ? [compared ? difference(compared) : '–', compared ? verdictWords(compared) : '–'] : []),
      `${own?.n ?? 0}${own && own.errors > 0 ? `, ${own.errors} broke` : ''}`,
    ]
  })
  const taken = [
    ['p95 latency, ms', (arm: typeof candidate) => figure(arm?.latencyMs?.p95 ?? null)],
    ['cost', (arm: typeof candidate) => dollars(arm?.costMicroUsd ?? null)],
  ] as const
  return table(
    [
      '',
      ...(control ? [cell(control.label)] : []),
      cell(candidate?.label ?? ''),
      ...(control ? ['difference', 'verdict'] : []),
      'n',
    ],
    [
      ...rows,
      ...taken.map(([name, of]) => [
        name,
        ...(control ? [of(control)] : []),
        of(candidate),
        ...(control ? ['', ''] : []),
        '',
      ]),
    ],
  )
}

const furtherTable = ({ arms, further, primary }: Experiment): string[] =>
  table(
    ['arm', primary, 'difference', 'verdict', 'p by Holm', 'p95 ms', 'cost'],
    further.map(({ arm, comparison }) => {
      const found = arms.find((one) => one.arm === arm)
      const first = comparison.find(({ evaluator }) => evaluator === primary)
      return [
        arm,
        figure(found?.scores.find(({ evaluator }) => evaluator === primary)?.mean ?? null),
        first ? difference(first) : '–',
        first ? verdictWords(first) : '–',
        pValue(first),
        figure(found?.latencyMs?.p95 ?? null),
        dollars(found?.costMicroUsd ?? null),
      ]
    }),
  )

const pValue = (comparison: Comparison | undefined): string => {
  const p = comparison?.adjustedP ?? comparison?.pValue ?? null
  return p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3)
}

function noteLines({ registered, stoppedEarly, combined }: Experiment): string[] {
  return [
    ...(stoppedEarly ? [`- ${stoppedEarly}`] : []),
    ...(combined
      ? [
          `- ${combined.experiments.length} runs measured this; together: ${combined.comparison[0] ? verdictWords(combined.comparison[0]) : 'see the page'}.`,
        ]
      : []),
    ...(registered?.isPublished ? ['- The examples are published; models may have learned them.'] : []),
  ]
}

/** Only slices that somebody should look at. */
const sliceLines = (slices: readonly Slice[]): string[] =>
  slices.flatMap(({ by, value, n, isEnough, comparison }) => {
    if (!isEnough) return [`- Slice ${cell(by)} = ${cell(value)} has only ${n} examples; nothing is said of it.`]
    return comparison?.verdict === 'worse'
      ? [
          `- **Worse** in slice ${cell(by)} = ${cell(value)}: ${difference(comparison)}, n ${n}, p by Holm ${pValue(comparison)}.`,
        ]
      : []
  })

const clusterLines = (clusters: readonly FailureCluster[]): string[] =>
  clusters.length === 0
    ? []
    : [
        `- Failures in ${clusters.length} ${clusters.length === 1 ? 'group' : 'groups'}:`,
        ...clusters
          .slice(0, CLUSTERS)
          .map(
            ({ label, n, owner, decision }) =>
              `  - ${n}× ${cell(label)}${decision ? ` (${decision}, ${cell(owner ?? '')})` : ' (nobody decided yet)'}`,
          ),
      ]

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
]

/** Names and errors come from elsewhere: no markup, no mention of people, one line. */
const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\|`*_{}[\]<>#]/g, (character) => `\\${character}`)
    .replace(/@/g, '@\u200b')
    .slice(0, 300)
