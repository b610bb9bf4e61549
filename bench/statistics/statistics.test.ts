import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of corpus figures runs, and prints how often each interval holds the truth', async () => {
  const stdout = await smoke('./corpus.ts', import.meta.url)
  expect(stdout).toMatch(/nearly all right, n = 30: interval of the difference( +[01]\.\d{3}){5}\n/)
  expect(stdout).toMatch(/30 clusters of 10: interval holds the truth( +[01]\.\d{3}){5}\n/)
})

test('the bench of statistics runs, and prints exact coverage beside simulated', async () => {
  const stdout = await smoke('./statistics.ts', import.meta.url)
  expect(stdout).toMatch(/paired comparison of 10000 rows, 500 bootstrap draws +[\d.]+ s/)
  expect(stdout).toMatch(/Wilson, n = 100: exact coverage over 9 rates +0\.9486, least 0\.9364/)
  const [, peeked] = /false "better" .*alpha 0\.05 +([\d.]+)/.exec(stdout) ?? []
  expect(Number(peeked)).toBeLessThanOrEqual(0.05)
})

test('the bench of figures by label runs, and prints how often each interval holds the truth', async () => {
  const stdout = await smoke('./labels.ts', import.meta.url)
  expect(stdout).toMatch(
    /mcc, three even labels, 0\.9 right, n = 30: alone, paired +[01]\.\d{4} \(said in 1\.00\), [01]\.\d{4}\n/,
  )
})

test('the bench of the calibration error runs, and prints how often its interval holds the truth', async () => {
  const stdout = await smoke('./calibration.ts', import.meta.url)
  expect(stdout).toMatch(/wrong when sure, n = 30 +[01]\.\d{4} \(missed above it .*jackknife [01]\.\d{4}/)
})
