/** Verbs of the plan: read it whole, export it, measure a baseline, and take in what KPIs became. */
import type { Application } from '../../core/application.ts'
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { textOf } from '../../core/blueprint/files.ts'
import type { Stage } from '../../core/stage.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { createKept } from '../../kernel/kept.ts'
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import type { Instant } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Advisor } from '../advisor/advisor.ts'
import { isAnswered } from '../assessment/questions.ts'
import { charterView, type KpiStanding } from '../charter/charter-view.ts'
import type { KpiValue } from '../charter/kpi-value.ts'
import { baselineFrom, type KpiPack } from '../charter/presets.ts'
import { Decision } from '../documents/decision.ts'
import { Risks } from '../documents/risks.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import { hostingView } from '../hosting/hosting.ts'
import { Impact } from '../impact/impact.ts'
import type { MeteredMonth } from '../resources/metered.ts'
import { Resources, resourcePlan } from '../resources/resources.ts'
import { liveRisk, type RaisedBy, type RiskPack, suggestionsFor } from '../risks/register.ts'
import { Roadmap, type RoadmapPack } from '../roadmap/roadmap.ts'
import { liveRows } from '../roadmap/status.ts'
import type { PathStanding } from '../standing.ts'
import type { KpiProof } from './kpi-proof.ts'
import type { WholePlan } from './plan-view.ts'
import { progressOf } from './progress.ts'
import { type Table, withTable } from './read-papers.ts'
import { addKpiValues, newestKpiValues } from './store.ts'
import { type Paper, paperOf } from './write-papers.ts'

export type PlanDeps = GovernanceDeps & {
  readonly advisor: Advisor
  readonly roadmapPack: RoadmapPack
  readonly riskPack: RiskPack
  readonly kpiPack: KpiPack
  readonly standingOf: (application: string) => Promise<PathStanding>
  /** What models cost this month, in dollars; null when nobody meters it. */
  readonly spentThisMonthUsd: (application: string) => Promise<number | null>
  /** What went wrong, as far as it may do so again: grave incidents, and those that are open. */
  readonly incidentsOf: (application: string) => Promise<readonly RaisedBy[]>
  /** What models took in a month, by the days that were metered. */
  readonly meteredMonthOf: (application: string) => Promise<MeteredMonth>
  /** What a million tokens of its model cost by use, and how many a month takes; null where nobody knows. */
  readonly modelUseOf: (
    application: string,
  ) => Promise<{ apiUsdPerMillionTokens: number | null; tokensPerMonth: number | null }>
  /** Who attested a check of this application for the document with this digest, in words. */
  readonly signersOf: (ask: { application: string; check: string; document: Digest }) => Promise<string[]>
  /** Makes evidence of new values of KPIs. */
  readonly proveKpis: KpiProof['prove']
}

/** What `brief` reads. */
const BRIEF_READS = ['charter', 'risks', 'roadmap', 'resources', 'assessment'] as const
/** More applications than anybody looks at on one day. */
const MOST_BRIEFS = 2000

export type PlanBrief = Pick<WholePlan, 'progress' | 'resources'>
export type BriefAsk = {
  readonly stage: Stage | null
  readonly spentThisMonthUsd: number | null
  /** What its models took in a month, by the days that were metered. */
  readonly metered: MeteredMonth
  /** What its KPIs became last. */
  readonly actuals: readonly KpiValue[]
}

export type PlanFormat = 'markdown' | 'html' | 'csv'
export type Plan = ReturnType<typeof createPlan>

export function createPlan(deps: PlanDeps) {
  const { db, clock, newId, organisation, roadmapPack, riskPack, kpiPack, advisor } = deps

  async function get(name: string, { priceFactor = 1 } = {}): Promise<WholePlan> {
    const { blueprint } = await deps.blueprintOf(name)
    const { documents } = blueprint
    const now = clock()
    const today = now.slice(0, 10)
    const standing = await deps.standingOf(name)
    const { advice, answers } = await advisor.of(name)
    const actuals = await newestKpiValues(db, { organisation, application: name })
    const kept = documents.risks ? Risks.parse(documents.risks.value) : undefined
    const register = kept ?? Risks.parse({ risks: riskPack.risks })
    const { rows, scope } = Roadmap.parse(documents.roadmap?.value ?? { rows: roadmapPack.rows })
    const live = liveRows(rows, { standing, risks: register.risks, today })
    const charter = charterView(documents.charter?.value, { actuals, datasets: blueprint.datasets, now })
    const appetite = register.tolerance
    const impact = Impact.safeParse(documents.impact?.value ?? {})
    const decision = Decision.parse(documents.decision?.value ?? {})
    const view = {
      charter,
      decision: {
        isKept: documents.decision !== undefined,
        decision,
        hosting: hostingView(decision.hosting, await deps.modelUseOf(name)),
      },
      roadmap: {
        isKept: documents.roadmap !== undefined,
        rows: live,
        scope: scope ?? null,
        uncoveredKpis: charter.kpis
          .map((kpi) => kpi.name)
          .filter((kpi) => !(scope ?? []).some(({ kpis }) => kpis?.includes(kpi))),
      },
      risks: {
        isKept: kept !== undefined,
        appetite,
        formula: riskPack.formula,
        scales: { likelihood: riskPack.likelihood, severity: riskPack.severity, levels: riskPack.levels },
        risks: register.risks.map((risk) => liveRisk(risk, { pack: riskPack, appetite, standing, rows: live })),
        suggestions: suggestionsFor({
          register: kept ?? { risks: [] },
          standing,
          safeguards: advice.rules.filter(({ safeguard }) => safeguard),
          riskClass: (documents.classification?.value as { riskClass?: string } | undefined)?.riskClass,
          harms: impact.success ? (impact.data.harms ?? []) : [],
          incidents: await deps.incidentsOf(name),
        }),
      },
      resources: resourcePlan(Resources.parse(documents.resources?.value ?? { rows: [] }), {
        isKept: documents.resources !== undefined,
        spentThisMonthUsd: await deps.spentThisMonthUsd(name),
        metered: await deps.meteredMonthOf(name),
        priceFactor,
        kpis: charter.kpis,
      }),
    }
    const charterDigest = documents.charter?.digest
    return {
      application: blueprint.settings.name,
      at: now,
      ...view,
      advice,
      standing,
      digests: Object.fromEntries(Object.entries(documents).map(([key, { digest }]) => [key, digest])),
      signed: {
        charter: charterDigest
          ? await deps.signersOf({ application: name, check: 'biz.charter', document: charterDigest })
          : [],
      },
      progress: progressOf(view, {
        done: Object.values(answers).filter(isAnswered).length,
        of: advisor.questions.questions.length,
      }),
    }
  }

  /** Every list of applications asks for it, and documents seldom change. */
  const keptBriefs = createKept<string, PlanBrief>(MOST_BRIEFS)

  /** How far the plan is, and what it costs and returns: of what is kept alone, without its gates and its files. */
  function brief({ documents }: Pick<Application, 'documents'>, ask: BriefAsk): PlanBrief {
    const now = clock()
    const read = BRIEF_READS.map((name) => documents[name]?.digest ?? null)
    return keptBriefs.get(JSON.stringify([read, ask, now.slice(0, 10)]), () => makeBrief(documents, ask, now))
  }

  function makeBrief(documents: Application['documents'], ask: BriefAsk, now: Instant): PlanBrief {
    const standing: PathStanding = { release: null, stage: ask.stage, gates: [] }
    const { risks, tolerance: appetite } = Risks.parse(documents.risks?.value ?? { risks: riskPack.risks })
    const { rows } = Roadmap.parse(documents.roadmap?.value ?? { rows: roadmapPack.rows })
    const live = liveRows(rows, { standing, risks, today: now.slice(0, 10) })
    const answers = (documents.assessment?.value as { answers?: Record<string, unknown> } | undefined)?.answers ?? {}
    const charter = charterView(documents.charter?.value, { actuals: ask.actuals, datasets: [], now })
    const resources = resourcePlan(Resources.parse(documents.resources?.value ?? { rows: [] }), {
      isKept: documents.resources !== undefined,
      spentThisMonthUsd: ask.spentThisMonthUsd,
      metered: ask.metered,
      priceFactor: 1,
      kpis: charter.kpis,
    })
    const parts = {
      charter,
      roadmap: { rows: live },
      risks: {
        risks: risks.map((risk) => liveRisk(risk, { pack: riskPack, appetite, standing, rows: live })),
      },
      resources,
    }
    const answered = Object.values(answers).filter((one) => isAnswered(one as never)).length
    return { resources, progress: progressOf(parts, { done: answered, of: advisor.questions.questions.length }) }
  }

  /** The KPIs of the charter that is kept, with what they became. */
  async function kpisOf(name: string): Promise<KpiStanding[]> {
    const { documents } = await deps.applicationOf(name)
    const actuals = await newestKpiValues(db, { organisation, application: name })
    return charterView(documents.charter?.value, { actuals, datasets: [], now: clock() }).kpis
  }

  return {
    get,
    brief,
    kpisOf,
    kpiPack,

    async export({ name, paper, format }: { name: string; paper: Paper; format: PlanFormat }): Promise<string> {
      const blocks = paperOf(paper, await get(name))
      if (format === 'html') return htmlOf(blocks, { title: `${paper} of ${name}` })
      if (format === 'markdown') return markdownOf(blocks)
      if (paper === 'plan' || paper === 'charter' || paper === 'decision')
        throw new Failure(
          'invalid',
          'governance.no-csv',
          `format: ${paper} is no single table. Ask for markdown or html, or for roadmap, risks or resources as csv.`,
        )
      return csvOf(blocks)
    },

    baseline({ preset: id, csv }: { preset: string; csv: string }) {
      const preset = kpiPack.presets.find((one) => one.id === id)
      if (preset) return baselineFrom(preset, csv)
      throw new Failure(
        'unknown',
        'governance.preset-unknown',
        `There is no KPI preset ${id}; there are ${kpiPack.presets.map((one) => one.id).join(', ')}.`,
      )
    },

    /** Comments, order and whatever the table does not hold stay in the file. */
    async importTable({ name, table, text, by }: { name: string; table: Table; text: string; by: Keeper }) {
      const { files, blueprint } = await deps.blueprintOf(name)
      const start = { roadmap: { rows: roadmapPack.rows }, risks: { risks: riskPack.risks }, resources: { rows: [] } }
      const document = (blueprint.documents[table]?.value ?? start[table]) as Record<string, unknown>
      const { value, changed, added } = withTable(table, { text, document })
      const path = `${table}.yaml`
      const before = files[path]
      if (changed + added > 0) {
        const file = editYaml(before === undefined ? undefined : textOf(before), value)
        await deps.putFile({ name, path, file, by })
      }
      return { changed, added }
    },

    async recordKpiValues(given: {
      name: string
      values: readonly {
        kpi: string
        value: number
        n?: number | null | undefined
        low?: number | null | undefined
        high?: number | null | undefined
        measuredAt?: Instant | undefined
        source: string
      }[]
      by: Keeper
    }): Promise<KpiValue[]> {
      const { name, by } = given
      const { documents } = await deps.applicationOf(name)
      const { kpis } = charterView(documents.charter?.value, { actuals: [], datasets: [], now: clock() })
      const unknown = given.values.find(({ kpi }) => !kpis.some((one) => one.name === kpi))
      if (unknown)
        throw new Failure(
          'invalid',
          'governance.kpi-unknown',
          `values: the charter of ${name} has no KPI “${unknown.kpi}”; it has ${kpis.map((one) => one.name).join(', ') || 'none'}.`,
        )
      const createdAt = clock()
      const rows: KpiValue[] = given.values.map(({ kpi, value, n, low, high, measuredAt, source }) => ({
        id: newId('kpv'),
        organisation,
        application: name as KpiValue['application'],
        kpi,
        value,
        n: n ?? null,
        ...{ low: low ?? null, high: high ?? null },
        measuredAt: measuredAt ?? createdAt,
        source,
        createdAt,
        createdBy: by.actor,
      }))
      await inTransaction(db, async (tx) => {
        await addKpiValues(tx, rows)
        const detail = { values: rows.map(({ kpi, value, measuredAt }) => ({ kpi, value, measuredAt })) }
        await deps.record(tx, {
          actor: by.actor,
          action: 'governance.kpi-values',
          subject: name,
          application: name,
          detail,
        })
      })
      deps.publish({ topic: 'application', id: name, application: name })
      await deps.proveKpis(name, by.actor)
      return rows
    },
  }
}
