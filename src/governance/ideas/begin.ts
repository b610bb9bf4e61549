/** From the answers of the guided flow to the files of an application: charter, assessment, risks, roadmap, resources. Pure. */
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { type BlueprintFiles, textOf } from '../../core/blueprint/files.ts'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import type { KpiPack } from '../charter/presets.ts'
import type { RiskPack } from '../risks/register.ts'
import type { RoadmapPack } from '../roadmap/roadmap.ts'
import type { GuideAnswers, Idea } from './idea.ts'

export type Packs = { readonly kpiPack: KpiPack; readonly riskPack: RiskPack; readonly roadmapPack: RoadmapPack }
type Value = Record<string, unknown>

/** The template's files with what was answered; what nobody answered stays as the template has it. */
export function beginFrom(
  idea: Pick<Idea, 'title' | 'answers'>,
  {
    template,
    questions,
    packs,
    today,
  }: { template: BlueprintFiles; questions: readonly string[]; packs: Packs; today: string },
): BlueprintFiles {
  const { answers } = idea
  const write = (path: string, change: (before: Value) => Value) => {
    const text = template[path] === undefined ? undefined : textOf(template[path])
    const before = text === undefined ? {} : (readYaml({ path, text, schema: undefined, problems: [] }) ?? {})
    return { [path]: editYaml(text, change(structuredClone(before) as Value)) }
  }
  return {
    ...template,
    ...write('airworthy.yaml', (before) => settingsOf(before, idea)),
    ...write('charter.yaml', (before) => charterOf(before, { answers, packs, today })),
    ...write('assessment.yaml', (before) => assessmentOf(before, answers, questions)),
    ...write('risks.yaml', (before) => risksOf(before, answers, packs)),
    ...write('roadmap.yaml', (before) => roadmapOf(before, { answers, packs, today })),
    ...write('resources.yaml', (before) => resourcesOf(before, answers)),
  }
}

const DUTIES = ['business-owner', 'technical-lead', 'security', 'operations'] as const

const said = (value: GuideAnswers[string] | undefined): string | undefined =>
  value === null || value === undefined || String(value).trim() === '' ? undefined : String(value).trim()

const lines = (value: GuideAnswers[string] | undefined): string[] | undefined =>
  said(value)
    ?.split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const amount = (value: GuideAnswers[string] | undefined): number | undefined =>
  said(value) === undefined || !Number.isFinite(Number(value)) ? undefined : Number(value)

/** Where the model runs, as the profile calls it; the gates ask by it. */
const DEPLOYMENT: Readonly<Record<string, string>> = {
  api: 'hosted-model',
  cloud: 'own-cloud',
  'self-hosted': 'on-premises',
}

function settingsOf(before: Value, { title, answers }: Pick<Idea, 'title' | 'answers'>): Value {
  const duties = DUTIES.flatMap((duty) => (said(answers[duty]) ? [[duty, said(answers[duty])]] : []))
  const people = [...new Set([...(lines(answers.builders) ?? []), ...(lines(answers['technical-lead']) ?? [])])]
  const audience = said(answers.audience)
  const personalData = said(answers.personalData)
  const deployment = DEPLOYMENT[said(answers.deployment) ?? '']
  const budget = amount(answers.budget)
  return {
    ...before,
    description: title,
    profile: {
      ...(before.profile as Value | undefined),
      ...(audience && audience !== 'unknown' && { audience }),
      ...(personalData && { personalData }),
      ...(deployment && { deployment }),
    },
    ...(duties.length > 0 && { duties: Object.fromEntries(duties) }),
    ...(people.length > 0 && { builders: people }),
    ...(budget !== undefined && { limits: { ...(before.limits as Value | undefined), usdPerMonth: String(budget) } }),
  }
}

const AUTONOMY = ['suggests', 'drafts', 'acts-with-approval', 'acts']

function charterOf(
  before: Value,
  { answers, packs, today }: { answers: GuideAnswers; packs: Packs; today: string },
): Value {
  const preset = packs.kpiPack.presets.find(({ id }) => id === said(answers.kpi))
  const [baseline, target] = [amount(answers.baseline), amount(answers.target)]
  const owner = said(answers['business-owner'])
  const kpi = preset && {
    name: preset.name,
    preset: preset.id,
    family: preset.family,
    unit: preset.unit,
    formula: preset.formula,
    baseline,
    target,
    targetDate: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`,
    source: 'said in the guided plan; measure it from a log',
    owner,
  }
  const change: Value = {
    problem: said(answers.problem),
    users: lines(answers.who),
    alternativeWithoutAi: said(answers.whyAi),
    autonomy: AUTONOMY.includes(said(answers.autonomy) ?? '') ? said(answers.autonomy) : undefined,
    nonGoals: lines(answers.nonGoals),
    stopCriteria: lines(answers.stopCriteria),
    owner,
    sponsor: owner,
    kpis: kpi && [kpi],
    budget: amount(answers.budget) === undefined ? undefined : { usdPerMonth: amount(answers.budget) },
  }
  return { ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) }
}

const assessmentOf = (before: Value, answers: GuideAnswers, questions: readonly string[]): Value => ({
  ...before,
  answers: {
    ...(before.answers as Value | undefined),
    ...Object.fromEntries(questions.flatMap((id) => (said(answers[id]) === undefined ? [] : [[id, answers[id]]]))),
  },
})

function risksOf(before: Value, answers: GuideAnswers, { riskPack }: Packs): Value {
  const owner = said(answers.security) ?? said(answers['business-owner'])
  const list = Array.isArray(before.risks) ? (before.risks as Value[]) : (riskPack.risks as readonly Value[])
  return {
    tolerance: 8,
    ...before,
    risks: list.map((risk) => {
      const [likelihood, severity] = ['likelihood', 'severity'].map((part) =>
        amount(answers[`${risk.category}.${part}`]),
      )
      return {
        treatment: 'reduce',
        ...risk,
        ...(likelihood !== undefined && { likelihood }),
        ...(severity !== undefined && { severity }),
        ...(owner && !risk.owner && { owner }),
      }
    }),
  }
}

/** The phases of the module, each with its usual length, from today on. */
const MONTHS: Readonly<Record<string, number>> = { experimentation: 1, 'proof-of-concept': 3, pilot: 5, production: 6 }

function roadmapOf(
  before: Value,
  { answers, packs, today }: { answers: GuideAnswers; packs: Packs; today: string },
): Value {
  const owner = said(answers['technical-lead']) ?? said(answers['business-owner'])
  const rows = Array.isArray(before.rows) ? (before.rows as Value[]) : (packs.roadmapPack.rows as readonly Value[])
  return {
    ...before,
    rows: rows.map((row) => {
      const months = MONTHS[String(row.id)]
      return { ...row, ...(owner && { owner }), ...(months !== undefined && { end: monthsLater(today, months) }) }
    }),
  }
}

/** The same day of a later month, or its last day. @param day `2026-01-31` */
function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(at / 12), (at % 12) + 1]
  const isLeap = (toYear % 4 === 0 && toYear % 100 !== 0) || toYear % 400 === 0
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][toMonth - 1] ?? 28
  return `${toYear}-${String(toMonth).padStart(2, '0')}-${String(Math.min(date, last)).padStart(2, '0')}`
}

/** What a day of work costs when nobody said; the plan shows it and people change it. */
const USD_PER_DAY = 400

/** What was answered, over the rows of the template; without one, over the four that every plan has. */
function resourcesOf(before: Value, answers: GuideAnswers): Value {
  const days = amount(answers.personDays)
  const budget = amount(answers.budget)
  const requestsPerDay = amount(answers.requestsPerDay)
  const [low, high] = [amount(answers.benefitLow), amount(answers.benefitHigh)]
  const answered: Readonly<Record<string, Value>> = {
    people: days === undefined ? {} : peopleFor(days),
    models: {
      ...(requestsPerDay !== undefined && { quantity: `${requestsPerDay} questions a day` }),
      ...(budget !== undefined && { cost: budget, costLow: 0 }),
    },
  }
  const rows = Array.isArray(before.rows) ? (before.rows as Value[]) : USUAL_ROWS
  return {
    months: 12,
    ...before,
    ...(requestsPerDay !== undefined && {
      volumes: { ...(before.volumes as Value | null | undefined), requestsPerDay },
    }),
    rows: rows.map((row) => ({ ...row, ...answered[String(row.id)] })),
    ...(low !== undefined && high !== undefined
      ? { benefits: [{ name: 'What it brings', low: Math.min(low, high), high: Math.max(low, high), period: 'month' }] }
      : {}),
  }
}

const peopleFor = (days: number): Value => ({
  quantity: `${days} days`,
  cost: days * USD_PER_DAY,
  costLow: days * USD_PER_DAY * 0.8,
  costHigh: days * USD_PER_DAY * 2,
  source: `Own staff, at $${USD_PER_DAY} a day`,
})

const USUAL_ROWS: readonly Value[] = [
  {
    id: 'people',
    type: 'Personnel (builders, experts)',
    category: 'person',
    period: 'once',
    source: 'Own staff',
  },
  {
    id: 'models',
    type: 'Cloud computing and models by use',
    category: 'model-api',
    period: 'month',
    source: 'Provider of the model, capped',
  },
  {
    id: 'storage',
    type: 'Data storage',
    category: 'storage',
    quantity: '1 GB',
    cost: 1,
    period: 'month',
    source: 'The machine that it runs on',
  },
  {
    id: 'training',
    type: 'Training of the builders',
    category: 'training',
    quantity: '1 day each',
    period: 'once',
    source: 'Own modules, or a course',
  },
]
