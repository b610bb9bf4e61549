/**
 * Runs the tests: `npm test`, or `npm test -- src/kernel -t digest`; what follows `--` goes to vitest.
 *
 * Where `CI=true`, the few files that failed are run once more by themselves: a machine that stood still for a moment is
 * told from a fault. What passes then is named as unsteady, so that somebody mends it.
 *
 * Browser tests (`*.browser.test.ts`) need a Chromium. Without one they are named as skipped, and where `CI=true`
 * a skip fails the run. The last line is always `N passed, N failed, N skipped`.
 *
 * `--engine=postgres` (`npm run test:postgres`) runs on a PostgreSQL that is started for the run instead of the
 * embedded engine; files to which the engine of the run cannot matter are left out then, unless some are named: those
 * that no import leads to it, and those that name the engine which they start themselves (`*.postgres.test.ts`,
 * `*.embedded.test.ts`), those of pages, and those of clients (`*.client.test.ts`): completion and the packed SDK,
 * which ask for what tests of the API ask for on both engines.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { findChromium } from './test-run/chromium.ts'
import { engineBound } from './test-run/engine-bound.ts'
import { filesToRepeat, isGood, tally, tallyLine } from './test-run/tally.ts'

const ENGINE = '--engine='
const OWN_ENGINE = /\.(postgres|embedded)\.test\.tsx?$/
/** Pages look the same on either engine, and so do words that are completed. */
const OUTSIDE = /\.(browser|client)\.test\.tsx?$/
const LONGEST_REASON = 1_500
/** Compiled sources: to read those of the whole house costs each worker three seconds of the processor less. */
const COMPILED = join('node_modules', '.cache', 'airworthy-tests')
/** The files of tests have another address in each run, so that what is kept of them piles up. */
const KEPT_MS = 86_400_000
const TESTS = '{src,tools,sdk,web/src,examples,bench}/**/*.test.{ts,tsx}'

function main(): void {
  const chromium = findChromium(process.env)
  const words = process.argv.slice(2)
  const asked = words.filter((word) => !word.startsWith(ENGINE))
  const named = words.find((word) => word.startsWith(ENGINE))?.slice(ENGINE.length)
  const engine = named ?? process.env.AIRWORTHY_TEST_ENGINE ?? 'embedded'
  const unrun = chromium ? [] : globSync('{src,web/src,examples,bench}/**/*.browser.test.ts').sort()
  const chromiumOfRun = chromium && { AIRWORTHY_TEST_CHROMIUM: chromium }
  forgetOld()
  const compiled = { NODE_COMPILE_CACHE: resolve(COMPILED) }
  const environment = { ...compiled, ...process.env, AIRWORTHY_TEST_ENGINE: engine, ...chromiumOfRun }
  const apart = engine === 'postgres' && asked.length === 0 ? withoutEngine() : []
  if (apart.length > 0)
    console.log(`${apart.length} files are left to the other run: the engine of this one is nothing to them`)
  const without = [...unrun, ...apart].map((pattern) => `--exclude=${pattern}`)
  const first = runTests([...without, ...asked], environment)
  let result = tally(first.report, first.exitCode, unrun)
  const again = process.env.CI === 'true' ? filesToRepeat(result) : []
  if (again.length > 0) {
    const second = runTests(again, environment)
    const repeated = tally(second.report, second.exitCode, [])
    if (repeated.failed === 0) {
      for (const { file, name } of result.failures) console.log(`unsteady: ${relative('.', file)} > ${name}`)
      result = { ...result, passed: result.passed + result.failed, failed: 0, failures: [] }
    }
  }
  for (const name of result.skippedNames) console.log(`skipped: ${name}`)
  for (const { file, name, why } of result.failures)
    console.log(`failed: ${relative('.', file)} > ${name}\n${why.slice(0, LONGEST_REASON)}`)
  if (unrun.length > 0)
    console.log('No Chromium: install one, or name it in AIRWORTHY_TEST_CHROMIUM, to run the browser tests.')
  console.log(`engine: ${engine}`)
  console.log(tallyLine(result))
  process.exitCode = isGood(result, process.env.CI === 'true') ? 0 : 1
}

function runTests(words: readonly string[], env: NodeJS.ProcessEnv): { report: unknown; exitCode: number } {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-test-'))
  try {
    const file = join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...words], {
      stdio: 'inherit',
      env,
    })
    return { report: readReport(file), exitCode: status ?? 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function forgetOld(): void {
  const made = statSync(COMPILED, { throwIfNoEntry: false })?.birthtimeMs ?? Number.POSITIVE_INFINITY
  if (made < Date.now() - KEPT_MS) rmSync(COMPILED, { recursive: true, force: true })
}

function withoutEngine(): string[] {
  const files = globSync(TESTS).sort()
  const isElsewhere = (file: string) => OWN_ENGINE.test(file) || OUTSIDE.test(file)
  const bound = new Set(engineBound('.', files).filter((file) => !isElsewhere(file)))
  return files.filter((file) => !bound.has(file))
}

const readReport = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

main()
