/** What stands in each paper of the plan; the columns are those of the learning module (S3.36, S3.38, S3.39). Pure. */

import type { Block } from '../../kernel/paper.ts'
import { isFilled } from '../documents/fields.ts'
import { categoryTitle } from '../documents/risks.ts'
import { RESOURCE_COLUMNS } from '../resources/resources.ts'
import { ROADMAP_COLUMNS } from '../roadmap/roadmap.ts'
import type { WholePlan } from './plan-view.ts'

export const PAPERS = ['charter', 'decision', 'roadmap', 'risks', 'resources', 'plan'] as const
export type Paper = (typeof PAPERS)[number]

export function paperOf(paper: Paper, plan: WholePlan): Block[] {
  if (paper === 'plan')
    return [
      { kind: 'heading', level: 1, text: `Plan of ${plan.application}` },
      { kind: 'text', text: `Printed ${plan.at.slice(0, 10)}. ${plan.advice.says}` },
      ...charterPaper(plan),
      ...decisionPaper(plan),
      ...advicePaper(plan),
      ...roadmapPaper(plan),
      ...riskPaper(plan),
      ...resourcePaper(plan),
    ]
  return {
    charter: charterPaper,
    decision: decisionPaper,
    roadmap: roadmapPaper,
    risks: riskPaper,
    resources: resourcePaper,
  }[paper](plan)
}

const text = (value: unknown): string =>
  !isFilled(value) ? '' : Array.isArray(value) ? value.map(String).join('; ') : String(value)

const heading = (words: string): Block => ({ kind: 'heading', level: 2, text: words })

function charterPaper({ charter: { charter, kpis, requirements }, digests, signed }: WholePlan): Block[] {
  const field = (label: string, value: unknown): Block[] =>
    isFilled(value) ? [{ kind: 'text', text: `${label}: ${text(value)}` }] : []
  return [
    heading('Charter'),
    ...field('Problem', charter.problem),
    ...field('Users', charter.users),
    ...field('Affected without using it', charter.affected),
    ...field('Intended use', charter.intendedUse),
    ...field('Out of scope', charter.outOfScope),
    ...field('Not a goal', charter.nonGoals),
    ...field('Foreseeable misuse', charter.foreseeableMisuse),
    ...field('Without AI', charter.alternativeWithoutAi),
    ...field('How much it decides by itself', charter.autonomy),
    ...field('Stop when', charter.stopCriteria),
    ...field('Owner', charter.owner),
    ...field('Sponsor', charter.sponsor),
    ...field(
      'Stakeholders',
      charter.stakeholders?.map(({ name, role }) => (role ? `${name} (${role})` : name)),
    ),
    ...(requirements.length > 0
      ? [
          {
            kind: 'table' as const,
            header: ['Requirement', 'From', 'What', 'Cases'],
            rows: requirements.map((one) => [one.id, one.from, one.text, one.cases.join(', ') || 'none']),
          },
        ]
      : []),
    { kind: 'heading', level: 3, text: 'KPIs' },
    {
      kind: 'table',
      header: ['KPI', 'Baseline', 'Target', 'By', 'Unit', 'Source', 'Owner', 'Actual', 'SMART'],
      rows: kpis.map((kpi) => [
        kpi.name,
        text(kpi.baseline),
        text(kpi.target),
        text(kpi.targetDate),
        text(kpi.unit),
        text(kpi.source),
        text(kpi.owner),
        kpi.actual ? `${kpi.actual.value} (${kpi.actual.measuredAt.slice(0, 10)})` : 'not measured',
        kpi.isSmart ? 'yes' : kpi.smart.flatMap(({ holds, says }) => (holds ? [] : [says])).join(' '),
      ]),
    },
    {
      kind: 'text',
      text: digests.charter
        ? `Version ${digests.charter}. ${signed.charter.length > 0 ? `Signed: ${signed.charter.join('; ')}.` : 'Not signed yet.'}`
        : 'This charter is not kept yet.',
    },
  ]
}

/** Options, what was found, what was rejected and why, who disagreed, when to look again, and where models run. */
function decisionPaper({ decision: { isKept, decision, hosting } }: WholePlan): Block[] {
  if (!isKept) return [heading('Decision'), { kind: 'text', text: 'Nothing was decided yet.' }]
  const field = (label: string, value: unknown): Block[] =>
    isFilled(value) ? [{ kind: 'text', text: `${label}: ${text(value)}` }] : []
  return [
    heading('Decision'),
    ...field('Context', decision.context),
    {
      kind: 'table',
      header: ['Option', 'Decision', 'Reasons'],
      rows: [
        ...(decision.chosen ? [[decision.chosen.option, 'chosen', text(decision.chosen.reasons)]] : []),
        ...(decision.rejected ?? []).map(({ option, reasons }) => [option, 'rejected', text(reasons)]),
      ],
    },
    ...field('To beat', decision.baseline),
    ...field('Experiments', decision.experiments),
    ...field('Dissent', decision.dissent),
    ...field('Look at it again when', decision.revisitWhen),
    ...field('Look at it again on', decision.revisitOn),
    ...field('Signed by', decision.signers),
    { kind: 'heading', level: 3, text: 'Where the model runs' },
    { kind: 'text', text: hosting.says },
    {
      kind: 'table',
      header: ['Way', 'Score', 'A month', 'Pays from'],
      rows: hosting.ranking.map(({ option, score, missing, usdPerMonth, breakEvenTokensPerMonth }) => [
        option === hosting.chosen ? `${option} (chosen)` : option,
        score === null ? `no mark for ${missing.join(', ')}` : score.toFixed(1),
        usdPerMonth === null ? 'unknown' : money(usdPerMonth),
        breakEvenTokensPerMonth === null
          ? ''
          : `${Math.round(breakEvenTokensPerMonth).toLocaleString('en-GB')} tokens a month`,
      ]),
    },
  ]
}

const advicePaper = ({ advice }: WholePlan): Block[] => [
  heading('Advice'),
  {
    kind: 'table',
    header: ['Rule', 'Advice', 'Why', 'Confidence', 'Refuted when', 'Sources'],
    rows: advice.rules.map((rule) => [
      rule.id,
      rule.recommend,
      rule.reason,
      `${rule.confidence.level}, from ${rule.confidence.rests}`,
      rule.experiment?.refutedWhen ?? 'law, not refuted by experiment',
      rule.sources.map(({ title, year }) => `${title} (${year})`).join('; '),
    ]),
  },
]

const roadmapPaper = ({ roadmap: { rows } }: WholePlan): Block[] => [
  heading('Implementation roadmap'),
  {
    kind: 'table',
    header: ROADMAP_COLUMNS.map(([, title]) => title),
    rows: rows.map((row) => ROADMAP_COLUMNS.map(([key]) => text(row[key]))),
  },
  {
    kind: 'table',
    header: ['Phase', 'Status', 'Owner', 'Waits for', 'Linked risks', 'Until'],
    rows: rows.map((row) => [
      row.phase,
      `${row.status.isLate ? 'late, ' : ''}${row.status.says}`,
      text(row.owner),
      row.waitsFor.join(', '),
      row.linkedRisks.join(', '),
      text(row.end),
    ]),
  },
]

const riskPaper = ({ risks: { risks, appetite, formula } }: WholePlan): Block[] => [
  heading('Risk assessment'),
  {
    kind: 'table',
    header: [
      'Risk',
      'Category',
      'Likelihood',
      'Severity',
      'Score',
      'Owner',
      'Treatment',
      'Checks',
      'Remains',
      'Status',
    ],
    rows: risks.map((risk) => [
      risk.title,
      categoryTitle(risk.category),
      text(risk.likelihood),
      text(risk.severity),
      risk.score === null ? 'not rated' : `${risk.score} (${risk.level})`,
      text(risk.owner),
      [text(risk.treatment), text(risk.measures)].filter(Boolean).join(': '),
      risk.controlVerdicts.map(({ check, verdict }) => `${check} ${verdict ?? 'not asked'}`).join(', '),
      risk.residual === null ? '' : `${risk.residual}${risk.isAboveAppetite ? ', above the appetite' : ''}`,
      text(risk.status),
    ]),
  },
  { kind: 'text', text: `Score: ${formula}. Appetite: at most ${appetite} may remain.` },
]

const money = (amount: number): string =>
  `$${(amount < 10 ? Math.round(amount * 100) / 100 : Math.round(amount)).toLocaleString('en-GB')}`
const PERIODS = { once: 'once', month: 'a month', year: 'a year' } as const

const returnWords = (roi: WholePlan['resources']['roi']): string =>
  roi ? `Return ${Math.round(roi.low * 100)} % to ${Math.round(roi.high * 100)} %.` : 'The return is not known.'

const resourcePaper = ({
  resources: { rows, cost, benefit, benefits, roi, months, unknown, metered },
}: WholePlan): Block[] => [
  heading('Resource plan'),
  {
    kind: 'table',
    header: RESOURCE_COLUMNS.map(([, title]) => title),
    rows: rows.map((row) => [
      row.type,
      text(row.quantity),
      typeof row.cost === 'number' ? `${money(row.cost)} ${PERIODS[row.period]}` : 'unknown',
      text(row.source),
    ]),
  },
  ...(benefits.length > 0
    ? [
        {
          kind: 'table' as const,
          header: ['What it brings', 'Low, a month', 'High, a month', 'How it is known'],
          rows: benefits.map(({ name, monthly, says }) => [name, money(monthly.low), money(monthly.high), says]),
        },
      ]
    : []),
  {
    kind: 'text',
    text: `Over ${months} months, as planned: cost ${money(cost.low)} to ${money(cost.high)}, benefit ${money(benefit.low)} to ${money(benefit.high)}. ${returnWords(roi)}${unknown.length > 0 ? ` Not counted, because unknown: ${unknown.join(', ')}.` : ''}`,
  },
  ...(metered
    ? [
        {
          kind: 'text' as const,
          text: metered.cost
            ? `Over ${months} months, with models as metered: cost ${money(metered.cost.low)} to ${money(metered.cost.high)}. ${returnWords(metered.roi)} ${metered.says}`
            : `By the meter: ${metered.says}`,
        },
      ]
    : []),
]
