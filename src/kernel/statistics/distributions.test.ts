import { expect, test } from 'vitest'
import { betaCdf, betaQuantile, betaUpperTail, logBetaCdf } from './beta.ts'
import { logBeta, logGamma } from './log-gamma.ts'
import { normalCdf, normalQuantile, normalUpperTail } from './normal.ts'
import { studentCdf, studentQuantile, studentTwoSidedTail } from './student.ts'

const relativeDistance = (actual: number, expected: number) => Math.abs(actual / expected - 1)

test.for([
  [0.5, 0.5 * Math.log(Math.PI)],
  [5, Math.log(24)],
  [11, Math.log(3_628_800)],
] as const)('gives ln of the gamma function at %s', ([x, expected]) => {
  expect(relativeDistance(logGamma(x), expected)).toBeLessThan(1e-14)
})

test('keeps the digits of the beta function where gamma functions of large numbers cancel', () => {
  const a = 1e9
  expect(relativeDistance(logBeta(a, 1), -Math.log(a))).toBeLessThan(1e-15)
})

test('keeps both tails of the normal distribution', () => {
  expect(relativeDistance(normalUpperTail(10), 7.619853024160525e-24)).toBeLessThan(1e-13)
  expect(relativeDistance(normalCdf(-30), 4.906713927148187e-198)).toBeLessThan(1e-12)
  expect(normalCdf(0)).toBe(0.5)
  expect(normalCdf(1.7) + normalUpperTail(1.7)).toBeCloseTo(1, 15)
})

test.for([1e-300, 1e-9, 0.025, 0.3, 0.5, 0.8, 0.999])('inverts the normal distribution at %s', (probability) => {
  expect(relativeDistance(normalCdf(normalQuantile(probability)), probability)).toBeLessThan(1e-12)
})

test.for([
  [0.5, 0.5],
  [1, 29],
  [0.5, 50],
  [37, 14],
  [5000, 5200],
] as const)('inverts beta(%s, %s) and splits it into two tails', ([a, b]) => {
  for (const probability of [1e-10, 0.025, 0.5, 0.95, 0.999999]) {
    const x = betaQuantile({ probability, a, b })
    expect(relativeDistance(betaCdf({ x, a, b }), probability)).toBeLessThan(1e-11)
    expect(betaCdf({ x, a, b }) + betaUpperTail({ x, a, b })).toBeCloseTo(1, 12)
  }
})

test('gives the logarithm of a beta probability too small for a double', () => {
  expect(relativeDistance(logBetaCdf({ x: 0.1, a: 1000, b: 1 }), 1000 * Math.log(0.1))).toBeLessThan(1e-13)
})

test.for([
  [0.975, 1, 12.706204736174694],
  [0.975, 9, 2.2621571627982053],
  [0.025, 30, -2.042272456301236],
] as const)('gives the quantile of Student t at %s with %s degrees of freedom', ([probability, df, expected]) => {
  expect(relativeDistance(studentQuantile(probability, df), expected)).toBeLessThan(1e-12)
  expect(relativeDistance(studentCdf(expected, df), probability)).toBeLessThan(1e-12)
})

test('comes from Student t to the normal distribution with many degrees of freedom', () => {
  expect(relativeDistance(studentTwoSidedTail(2, 1e9), 2 * normalCdf(-2))).toBeLessThan(1e-7)
})
