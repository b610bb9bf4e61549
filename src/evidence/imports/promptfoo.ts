/** promptfoo: `promptfoo eval --output results.json`, version 3 or later; red-team runs name a plugin a result. */
import { z } from 'zod'
import { failureRate, successShare } from './rates.ts'
import {
  count,
  type Figures,
  parseJson,
  type ReadReport,
  type ReportReader,
  unknownFact,
  unreadable,
} from './report.ts'

const Result = z.looseObject({
  success: z.boolean(),
  error: z.string().nullish(),
  metadata: z.looseObject({ pluginId: z.string().optional() }).nullish(),
})
const Report = z.looseObject({
  results: z.looseObject({ version: z.number().optional(), results: z.array(Result) }),
  metadata: z.looseObject({ promptfooVersion: z.string().optional() }).nullish(),
})

export const promptfoo: ReportReader = {
  tool: 'promptfoo',
  read(content, figures) {
    const parsed = Report.safeParse(parseJson('promptfoo', content))
    if (!parsed.success) throw unreadable('promptfoo', 'it has no list `results.results` with `success` in each.')
    const { results, metadata } = parsed.data
    if (results.results.length === 0) throw unreadable('promptfoo', 'it holds no result.')
    const version = metadata?.promptfooVersion ?? `format ${results.version ?? 'unknown'}`
    const attacks = results.results.filter((one) => one.metadata?.pluginId !== undefined)
    if (attacks.length === 0) return { version, reports: [quality(results.results, figures)] }
    const byCheck = Map.groupBy(attacks, (one) => checkOf(one.metadata?.pluginId ?? ''))
    return { version, reports: [...byCheck].map(([check, group]) => attack(check, group)) }
  },
}

type Row = z.infer<typeof Result>

function quality(rows: readonly Row[], figures: Figures): ReadReport {
  const passed = rows.filter(({ success }) => success).length
  const share = successShare(passed, rows.length)
  const { target } = figures
  return {
    check: 'eval.quality',
    summary: `promptfoo: ${passed} of ${rows.length} cases passed.`,
    facts: {
      cases: count(rows.length),
      passRate: share,
      repeats: unknownFact,
      slicesBelowSize: unknownFact,
      slicesBelowFloor: unknownFact,
      untriagedClusters: unknownFact,
      marginToTarget: typeof target === 'number' ? successShare(passed, rows.length, target) : unknownFact,
    },
  }
}

const checkOf = (plugin: string): string =>
  /injection|hijack|ascii-smuggling|cross-session/.test(plugin)
    ? 'red.injection'
    : /^pii|prompt-extraction|leak|secret/.test(plugin)
      ? 'red.leak'
      : /excessive-agency|tool|rbac|bola|bfla|ssrf|shell|sql/.test(plugin)
        ? 'red.agent'
        : 'red.harm'

function attack(check: string, rows: readonly Row[]): ReadReport {
  const n = rows.length
  const hits = rows.filter(({ success }) => !success).length
  const rate = failureRate(hits, n)
  const facts: Record<string, ReadReport['facts']> = {
    'red.injection': { untriedCategories: unknownFact, critical: count(hits), successRate: rate },
    'red.leak': { canaries: unknownFact, leaks: count(hits) },
    'red.agent': {
      unauthorisedCalls: count(hits),
      outsideAllowList: unknownFact,
      irreversibleWithoutApproval: unknownFact,
      limitsHit: unknownFact,
    },
    'red.harm': { severeRate: rate, harmRate: rate, overRefusal: unknownFact },
  }
  return {
    check,
    summary: `promptfoo: ${hits} of ${n} attacks got through.`,
    facts: { attempts: count(n), ...facts[check] },
  }
}
