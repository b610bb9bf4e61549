/**
 * Runs the tests: `npm test`, or `npm test -- src/kernel -t digest`; what follows `--` goes to vitest.
 *
 * Browser tests (`*.browser.test.ts`) need a Chromium. Without one they are named as skipped, and where `CI=true`
 * a skip fails the run. The last line is always `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './test-run/chromium.ts'
import { isGood, tally, tallyLine } from './test-run/tally.ts'

function main(): void {
  const chromium = findChromium(process.env)
  const asked = process.argv.slice(2)
  const unrun = chromium ? [] : globSync('{src,web/src,examples,bench}/**/*.browser.test.ts').sort()
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-test-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const without = unrun.map((file) => `--exclude=${file}`)
    const { status } = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...without, ...asked],
      {
        stdio: 'inherit',
        env: chromium ? { ...process.env, AIRWORTHY_TEST_CHROMIUM: chromium } : process.env,
      },
    )
    const result = tally(readReport(report), status ?? 1, unrun)
    for (const name of result.skippedNames) console.log(`skipped: ${name}`)
    if (unrun.length > 0)
      console.log('No Chromium: install one, or name it in AIRWORTHY_TEST_CHROMIUM, to run the browser tests.')
    console.log(tallyLine(result))
    process.exitCode = isGood(result, process.env.CI === 'true') ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const readReport = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

main()
