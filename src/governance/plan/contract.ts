/** Routes of the plan: the whole of it, its papers, KPI presets and what KPIs became. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { KpiValue } from '../charter/kpi-value.ts'
import { Baseline, KpiPack } from '../charter/presets.ts'
import { AS_PAPER } from './as-paper.ts'
import { WholePlan } from './plan-view.ts'
import { TABLES } from './read-papers.ts'
import { PAPERS } from './write-papers.ts'

export const getPlan = route({
  name: 'getPlan',
  method: 'GET',
  path: '/api/v1/applications/:name/plan',
  summary: 'Read the plan: charter, advice, roadmap, risks and resources, each with where it stands now',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({ priceFactor: z.coerce.number().min(0).max(100).default(1) }),
  returns: { 200: WholePlan },
})

export const exportPlan = route({
  name: 'exportPlan',
  method: 'GET',
  path: '/api/v1/applications/:name/plan/:paper',
  summary: 'Print a paper of the plan as Markdown, as a page, or as a table',
  permission: 'view',
  params: z.object({ name: Name, paper: z.enum(PAPERS) }),
  ...AS_PAPER,
})

export const listKpiPresets = route({
  name: 'listKpiPresets',
  method: 'GET',
  path: '/api/v1/kpi-presets',
  summary: 'List KPIs to begin with, each with its formula',
  permission: 'view',
  mcp: true,
  returns: { 200: KpiPack },
})

export const measureBaseline = route({
  name: 'measureBaseline',
  method: 'POST',
  path: '/api/v1/kpi-presets/:preset/baselines',
  summary: 'Measure the baseline of a KPI from a log of how it is done today; the log is not kept',
  permission: 'view',
  params: z.object({ preset: z.string() }),
  body: z.strictObject({ csv: z.string().min(1).max(8_000_000) }),
  example: { csv: 'case,minutes\n1,12\n2,30\n' },
  returns: { 200: Baseline },
})

export const recordKpiValues = route({
  name: 'recordKpiValues',
  method: 'POST',
  path: '/api/v1/applications/:name/kpi-values',
  summary: 'Say what KPIs of the charter became; all or none',
  permission: 'build',
  mcp: true,
  params: z.object({ name: Name }),
  body: z.strictObject({
    values: z
      .array(
        z.strictObject({
          kpi: z.string().min(1),
          value: z.number(),
          n: z.number().int().min(0).nullish(),
          low: z.number().nullish(),
          high: z.number().nullish(),
          measuredAt: Instant.optional(),
          source: z.string().min(1).max(500),
        }),
      )
      .min(1)
      .max(1000),
  }),
  returns: { 201: z.object({ items: z.array(KpiValue) }) },
})

export const importKpiValues = route({
  name: 'importKpiValues',
  method: 'POST',
  path: '/api/v1/applications/:name/kpi-values/imports',
  summary: 'Take in what KPIs became from a table (kpi, value, n, measuredAt, source); all or none',
  permission: 'build',
  params: z.object({ name: Name }),
  body: z.strictObject({ csv: z.string().min(1).max(8_000_000) }),
  example: { csv: 'kpi,value,n,measuredAt,source\nminutes,9,40,2026-03-01,weekly report\n' },
  returns: { 201: z.object({ items: z.array(KpiValue) }) },
})

export const importPaper = route({
  name: 'importPaper',
  method: 'POST',
  path: '/api/v1/applications/:name/plan/:table/imports',
  summary:
    'Take in a roadmap, risks or resources that were edited elsewhere; rows are changed or added, never taken away',
  permission: 'build',
  params: z.object({ name: Name, table: z.enum(TABLES) }),
  body: z.strictObject({ text: z.string().min(1).max(2_000_000) }),
  example: { text: 'Resource Type,Quantity,Cost,Source\nData storage,1TB,$1000/year,Cloud storage provider\n' },
  returns: { 200: z.object({ changed: z.number().int(), added: z.number().int() }) },
})
