/** CycloneDX: what something is made of, and what is known to be wrong with it; what was analysed away is not counted. */
import { z } from 'zod'
import { count, parseJson, type ReportReader, unreadable } from './report.ts'

const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  components: z.array(z.looseObject({ hashes: z.array(z.unknown()).optional() })).optional(),
  vulnerabilities: z
    .array(
      z.looseObject({
        id: z.string().optional(),
        ratings: z.array(z.looseObject({ severity: z.string().optional() })).optional(),
        analysis: z.looseObject({ state: z.string().optional() }).optional(),
      }),
    )
    .optional(),
})
const SETTLED = ['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree']

export const cyclonedx: ReportReader = {
  tool: 'cyclonedx',
  read(content) {
    const parsed = Bom.safeParse(parseJson('cyclonedx', content))
    if (!parsed.success) throw unreadable('cyclonedx', 'it has no `bomFormat: CycloneDX` with a `specVersion`.')
    const { specVersion, components = [], vulnerabilities = [] } = parsed.data
    const open = vulnerabilities.filter(({ analysis }) => !SETTLED.includes(analysis?.state ?? ''))
    const rated = (severity: string) =>
      open.filter(({ ratings = [] }) => ratings.some((rating) => rating.severity === severity)).length
    const unrated = open.filter(({ ratings = [] }) => ratings.length === 0).length
    return {
      version: specVersion,
      reports: [
        {
          check: null,
          summary: `CycloneDX ${specVersion}: ${components.length} components, ${open.length} open vulnerabilities, ${rated('critical')} critical.`,
          facts: {
            components: count(components.length),
            unhashedComponents: count(components.filter(({ hashes = [] }) => hashes.length === 0).length),
            vulnerabilities: count(vulnerabilities.length),
            openVulnerabilities: count(open.length),
            criticalAdvisories: count(rated('critical')),
            highAdvisories: count(rated('high')),
            unratedAdvisories: count(unrated),
          },
        },
      ],
    }
  },
}
