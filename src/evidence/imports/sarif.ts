/** SARIF 2.1.0: findings of a scanner; what is suppressed with a reason is not open. */
import { z } from 'zod'
import { count, parseJson, type ReportReader, unknownFact, unreadable } from './report.ts'

const Properties = z.looseObject({ 'security-severity': z.union([z.string(), z.number()]).optional() })
const Rule = z.looseObject({
  id: z.string(),
  properties: Properties.optional(),
  defaultConfiguration: z.looseObject({ level: z.string().optional() }).optional(),
})
const Log = z.looseObject({
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.looseObject({
        tool: z.looseObject({
          driver: z.looseObject({ name: z.string(), version: z.string().optional(), rules: z.array(Rule).optional() }),
        }),
        results: z
          .array(
            z.looseObject({
              ruleId: z.string().optional(),
              level: z.string().optional(),
              suppressions: z.array(z.unknown()).optional(),
              properties: Properties.optional(),
            }),
          )
          .nullish(),
      }),
    )
    .min(1),
})

/** CVSS from here on is high. */
const HIGH = 7

export const sarif: ReportReader = {
  tool: 'sarif',
  read(content) {
    const parsed = Log.safeParse(parseJson('sarif', content))
    if (!parsed.success) throw unreadable('sarif', 'it is no SARIF 2.1.0 log with runs.')
    const { runs } = parsed.data
    if (runs.some(({ results }) => results === null || results === undefined))
      throw unreadable('sarif', 'a run has no `results`, which says that it did not finish.')
    const open = runs.flatMap(({ tool, results }) =>
      (results ?? [])
        .filter(({ suppressions }) => (suppressions ?? []).length === 0)
        .map((result) => ({ result, rule: tool.driver.rules?.find(({ id }) => id === result.ruleId) })),
    )
    const high = open.filter(({ result, rule }) => {
      const severity = result.properties?.['security-severity'] ?? rule?.properties?.['security-severity']
      if (severity !== undefined) return Number(severity) >= HIGH
      return (result.level ?? rule?.defaultConfiguration?.level ?? 'warning') === 'error'
    }).length
    const names = runs.map(({ tool: { driver } }) => `${driver.name}${driver.version ? ` ${driver.version}` : ''}`)
    return {
      version: names.join(', '),
      reports: [
        {
          check: 'sec.appsec',
          summary: `${names.join(', ')}: ${open.length} open findings, ${high} of them high or errors.`,
          facts: {
            openFindings: count(open.length),
            openHighFindings: count(high),
            outputTestsFailed: unknownFact,
            tenantAttempts: unknownFact,
            tenantLeaks: unknownFact,
          },
        },
      ],
    }
  },
}
