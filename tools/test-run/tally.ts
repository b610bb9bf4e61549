/**
 * What a run of the tests came to, counted from the runner's own report.
 *
 * Invariant: a run that ended badly never counts zero failures, whatever the report says or whether there is one.
 */
import { z } from 'zod'

/** The counts, the names of what was skipped, and what failed, by its file. */
export type Tally = {
  passed: number
  failed: number
  skipped: number
  skippedNames: string[]
  failures: { file: string; name: string; why: string }[]
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

/** Counts a report. `exitCode` is the runner's; `unrun` are test files that could not run on this machine. */
export function tally(report: unknown, exitCode: number, unrun: readonly string[]): Tally {
  const parsed = Report.safeParse(report)
  const files = parsed.success ? parsed.data.testResults : []
  const tests = files.flatMap(({ assertionResults }) => assertionResults)
  const broken = files.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed))
  const failed = tests.filter(isFailed).length + broken.length
  const skippedNames = [...tests.filter(isSkipped).map(({ fullName }) => fullName), ...unrun]
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    skipped: skippedNames.length,
    skippedNames,
    failures: files.flatMap(failuresOf),
  }
}

/** The line that ends a run. */
export const tallyLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** Whether the run is good: nothing failed and, where nobody is there to read the skips, nothing was skipped. */
export const isGood = ({ failed, skipped }: Tally, unattended: boolean): boolean =>
  failed === 0 && !(unattended && skipped > 0)

/** More than this many files that fail are no accident. */
const MOST_REPEATED = 4

/**
 * The files to run once more by themselves. None when an error outside any test failed the run, which no file answers
 * for, and none when many failed.
 */
export function filesToRepeat({ failed, failures }: Tally): string[] {
  const files = [...new Set(failures.map(({ file }) => file))]
  return failed === failures.length && files.length <= MOST_REPEATED ? files : []
}

function failuresOf({ name: file, status, message = '', assertionResults }: ReportedFile): Tally['failures'] {
  const tests = assertionResults.filter(isFailed)
  if (tests.length === 0) return status === 'failed' ? [{ file, name: 'the file', why: message }] : []
  return tests.map(({ fullName, failureMessages }) => ({ file, name: fullName, why: failureMessages?.[0] ?? '' }))
}

type ReportedFile = z.infer<typeof Report>['testResults'][number]

const isFailed = ({ status }: { status: string }): boolean => status === 'failed'
const isSkipped = ({ status }: { status: string }): boolean => status !== 'passed' && status !== 'failed'
