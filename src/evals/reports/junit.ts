/**
 * JUnit XML: a test case for every example of the release, and one for the comparison. A case that did not pass is a
 * failure, one whose run broke is an error, one that has no score is skipped: broken is never the same as wrong.
 */
import type { Experiment, RowOutcome } from '../experiment.ts'
import { difference, verdictWords } from './words.ts'

export type ReportRow = Pick<RowOutcome, 'arm' | 'example' | 'repeat' | 'answer' | 'scores' | 'error' | 'latencyMs'>

const PASS_AT = 0.5

export function junitOf(experiment: Experiment, rows: readonly ReportRow[]): string {
  const cases = rows.filter(({ arm }) => arm === 'candidate').map((row) => caseOf(row, experiment))
  const verdicts = experiment.comparison
    .filter(({ evaluator }) => evaluator === experiment.primary)
    .map((comparison) => {
      const words = `${verdictWords(comparison)}: ${difference(comparison)}, n ${comparison.n}`
      const name = `${experiment.primary} against ${experiment.arms.find(({ arm }) => arm === 'control')?.label ?? 'control'}`
      if (comparison.verdict === 'worse') return { name, seconds: 0, inner: tag('failure', words), kind: 'failure' }
      if (comparison.verdict === 'undecided') return { name, seconds: 0, inner: tag('skipped', words), kind: 'skipped' }
      return { name, seconds: 0, inner: '', kind: 'passed' }
    })
  const all = [...verdicts, ...cases]
  const count = (kind: string) => all.filter((one) => one.kind === kind).length
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0).toFixed(3)
  const counts = `tests="${all.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="airworthy" ${counts}>`,
    `  <testsuite name="${escaped(experiment.suite)}" id="${experiment.id}" ${counts} timestamp="${experiment.createdAt}">`,
    ...all.map(({ name, seconds: took, inner }) => {
      const head = `    <testcase classname="${escaped(experiment.suite)}" name="${escaped(name)}" time="${took.toFixed(3)}"`
      return inner === '' ? `${head}/>` : `${head}>${inner}</testcase>`
    }),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(row: ReportRow, { primary, registered, repeats, arms }: Experiment) {
  const name = repeats > 1 ? `${row.example} (${row.repeat} of ${repeats})` : row.example
  const seconds = row.latencyMs / 1000
  const score = row.scores[primary]
  if (row.error !== null) return { name, seconds, inner: tag('error', row.error), kind: 'error' }
  if (score?.error !== undefined) return { name, seconds, inner: tag('error', score.error), kind: 'error' }
  if (score?.score == null)
    return { name, seconds, inner: tag('skipped', `${primary} does not apply`), kind: 'skipped' }
  const unit = arms[0]?.scores.find(({ evaluator }) => evaluator === primary)?.unit
  const isPassed = unit !== 'share' || score.score >= (registered?.passAt ?? PASS_AT)
  if (isPassed) return { name, seconds, inner: '', kind: 'passed' }
  return { name, seconds, inner: tag('failure', `${primary} ${score.score}: ${score.detail}`), kind: 'failure' }
}

const tag = (name: string, message: string): string => `<${name} message="${escaped(message.slice(0, 500))}"/>`

/** XML 1.0 knows no control characters but tab and line ends; what it does not know becomes the replacement character. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`)
