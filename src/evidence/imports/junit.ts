/** JUnit XML, as every test runner writes it: how many tests ran, failed, broke and were left out. */
import { count, type ReportReader, unknownFact, unreadable } from './report.ts'

/** Comments and CDATA may hold what looks like a tag. */
const NOT_TAGS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g

export const junit: ReportReader = {
  tool: 'junit',
  read(content) {
    const tags = content.replaceAll(NOT_TAGS, '')
    if (!/<testsuites?[\s>]/.test(tags)) throw unreadable('junit', 'it has no <testsuite>.')
    const many = (tag: string) => [...tags.matchAll(new RegExp(`<${tag}[\\s/>]`, 'g'))].length
    const [tests, failed, broken, skipped] = [many('testcase'), many('failure'), many('error'), many('skipped')]
    if (tests === 0) throw unreadable('junit', 'it has no <testcase>, so nothing was tested.')
    return {
      version: 'xml',
      reports: [
        {
          check: null,
          summary: `${tests} tests: ${failed} failed, ${broken} broke, ${skipped} were left out.`,
          facts: {
            tests: count(tests),
            failures: count(failed),
            errors: count(broken),
            skipped: count(skipped),
            outputTestsFailed: count(failed + broken),
            tenantAttempts: unknownFact,
            tenantLeaks: unknownFact,
            openHighFindings: unknownFact,
          },
        },
      ],
    }
  },
}
