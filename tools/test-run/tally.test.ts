import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findChromium } from './chromium.ts'
import { filesToRepeat, isGood, tally, tallyLine } from './tally.ts'

const file = (status: string, ...statuses: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: statuses.map((status, at) => ({ fullName: `test ${at}`, status })),
})

test.for([
  {
    run: 'a good run',
    results: [file('passed', 'passed', 'passed')],
    exitCode: 0,
    line: '2 passed, 0 failed, 0 skipped',
  },
  {
    run: 'a failed test',
    results: [file('failed', 'passed', 'failed')],
    exitCode: 1,
    line: '1 passed, 1 failed, 0 skipped',
  },
  { run: 'a file that does not load', results: [file('failed')], exitCode: 1, line: '0 passed, 1 failed, 0 skipped' },
  {
    run: 'an error outside any test',
    results: [file('passed', 'passed')],
    exitCode: 1,
    line: '1 passed, 1 failed, 0 skipped',
  },
  {
    run: 'skips and plans',
    results: [file('passed', 'skipped', 'todo', 'pending')],
    exitCode: 0,
    line: '0 passed, 0 failed, 3 skipped',
  },
])('counts $run', ({ results, exitCode, line }) => {
  expect(tallyLine(tally({ testResults: results }, exitCode, []))).toBe(line)
})

test('a run without a report counts as failed', () => {
  expect(tallyLine(tally(undefined, 1, []))).toBe('0 passed, 1 failed, 0 skipped')
})

test('the few files that failed are named for a second run, with why', () => {
  const failed = { ...file('failed', 'passed', 'failed'), message: '' }
  const unloadable = { ...file('failed'), name: 'b.test.ts', message: 'no such module' }
  const result = tally({ testResults: [failed, unloadable] }, 1, [])
  expect(result.failures).toEqual([
    { file: 'a.test.ts', name: 'test 1', why: '' },
    { file: 'b.test.ts', name: 'the file', why: 'no such module' },
  ])
  expect(filesToRepeat(result)).toEqual(['a.test.ts', 'b.test.ts'])
})

test('a good run, an error outside any test and a run in which much failed are not repeated', () => {
  expect(filesToRepeat(tally({ testResults: [file('passed', 'passed')] }, 0, []))).toEqual([])
  expect(filesToRepeat(tally({ testResults: [file('passed', 'passed')] }, 1, []))).toEqual([])
  const many = [1, 2, 3, 4, 5].map((at) => ({ ...file('failed', 'failed'), name: `${at}.test.ts` }))
  expect(filesToRepeat(tally({ testResults: many }, 1, []))).toEqual([])
})

test('a browser test without a browser is a skip, which fails a run that nobody watches', () => {
  const result = tally({ testResults: [file('passed', 'passed')] }, 0, ['src/example.browser.test.ts'])
  expect(result).toMatchObject({ skipped: 1, skippedNames: ['src/example.browser.test.ts'] })
  expect(isGood(result, false)).toBe(true)
  expect(isGood(result, true)).toBe(false)
})

test('the browser is the one that is named, else one on the path, and never a guess', () => {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-path-'))
  try {
    const program = join(folder, 'chromium-browser')
    writeFileSync(program, '')
    expect(findChromium({ PATH: folder })).toBeUndefined()
    chmodSync(program, 0o755)
    expect(findChromium({ PATH: folder })).toBe(program)
    expect(findChromium({ PATH: '', AIRWORTHY_TEST_CHROMIUM: program })).toBe(program)
    expect(findChromium({ PATH: folder, AIRWORTHY_TEST_CHROMIUM: join(folder, 'missing') })).toBeUndefined()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
