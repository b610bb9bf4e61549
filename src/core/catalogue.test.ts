/** What the catalogue that comes with the program promises. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Check, GateCatalogue } from './check.ts'
import { gateInto } from './overlay.ts'

const catalogue = GateCatalogue.parse(
  JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8')),
)
const byId = new Map(catalogue.checks.map((check) => [check.id, check]))
const named = [...catalogue.gates.flatMap(({ checks }) => checks), ...catalogue.standing]

test('61 checks over four gates, each in one of them', () => {
  expect(catalogue.gates.map(({ into, checks }) => [into, checks.length])).toEqual([
    ['poc', 12],
    ['pilot', 23],
    ['production', 17],
  ])
  expect(catalogue.standing).toHaveLength(9)
  expect(new Set(named).size).toBe(61)
  expect([...byId.keys()].sort()).toEqual([...named].sort())
})

test('30 are answered by a machine, 22 confirmed by a person, 9 decided by one', () => {
  const count = (mode: Check['mode']) => catalogue.checks.filter((check) => check.mode === mode).length
  expect([count('auto'), count('auto+person'), count('person')]).toEqual([30, 22, 9])
})

test('before production a person is asked 21 times at most in tier A, five times for a decision', () => {
  const inTierA = catalogue.gates
    .flatMap(({ checks }) => checks)
    .flatMap((id) => byId.get(id) ?? [])
    .filter(({ tier }) => tier === 'A')
    .filter(({ notApplicableWhen }) => notApplicableWhen !== 'no-tools' && notApplicableWhen !== 'no-personal-data')
  const asked = inTierA.filter(({ mode }) => mode !== 'auto')
  const decisions = asked.filter(({ mode }) => mode === 'person').map(({ id }) => id)
  expect(asked).toHaveLength(21)
  expect(decisions).toEqual(['biz.charter', 'biz.uatplan', 'appr.pilot', 'comms.change', 'appr.prod'])
})

test('every check says why, how, what it serves and what is our own, and every figure where it comes from', () => {
  for (const check of catalogue.checks) {
    expect(check.rationale.length, check.id).toBeGreaterThan(40)
    expect(check.howto.length, check.id).toBeGreaterThan(20)
    expect(check.standards.length, check.id).toBeGreaterThan(0)
    expect(check.requires.length, check.id).toBeGreaterThan(0)
    // A person who attests does so under a duty.
    if (check.minimumTrust === 'attested') expect(check.signs, check.id).not.toBeNull()
    for (const { fact, equals, atLeast, atMost, above, basis } of check.requires) {
      const figures = [equals, atLeast ?? atMost, above].filter((figure) => figure !== undefined)
      expect(figures, `${check.id} ${fact}`).toHaveLength(1)
      // A figure that does not follow from the question is marked as our default.
      if (typeof (atLeast ?? atMost ?? 0) === 'number' && (atLeast ?? atMost ?? 0) > 1)
        expect(basis, `${check.id} ${fact}`).toBe('default')
    }
  }
})

test('a later stage and every rule of the profile name checks that there are, and loosen none', () => {
  for (const { into } of catalogue.gates) expect(gateInto(catalogue, into, {}).problems).toEqual([])
  for (const { adds, because, source } of catalogue.profileRules) {
    for (const id of adds) expect(byId.has(id), id).toBe(true)
    expect([because.length, source.length].every((length) => length > 3)).toBe(true)
  }
})

test('load is never attested, and production asks for more of it than the pilot', () => {
  expect(byId.get('perf.load')?.minimumTrust).toBe('imported')
  const factor = (into: 'pilot' | 'production') =>
    gateInto(catalogue, into, {})
      .gate?.checks.find(({ id }) => id === 'perf.load')
      ?.requires.find(({ fact }) => fact === 'peakFactor')?.atLeast
  expect([factor('pilot'), factor('production')]).toEqual([2, 3])
})
