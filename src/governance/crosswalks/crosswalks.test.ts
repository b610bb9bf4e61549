/** Crosswalks name only what there is, and coverage never takes silence for evidence. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GateCatalogue } from '../../core/check.ts'
import type { Verdict } from '../../core/verdict.ts'
import { coverageOf } from './coverage.ts'
import { Crosswalk, controlOf } from './crosswalk.ts'
import { changedItems } from './pack-changes.ts'

const folder = new URL('../../../packs/', import.meta.url)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
const crosswalks = readdirSync(new URL('crosswalks/', folder))
  .filter((file) => file.endsWith('.json'))
  .map((file) => Crosswalk.parse(read(`crosswalks/${file}`)))
const { checks } = GateCatalogue.parse(read('gates/core.json'))

test('each framework has as many controls as it has, and each id once', () => {
  const sizes = Object.fromEntries(crosswalks.map(({ framework, controls }) => [framework, controls.length]))
  expect(sizes).toMatchObject({ 'nist-ai-rmf': 72, 'nist-ai-600-1': 12, 'owasp-llm': 10, 'owasp-agentic': 10 })
  const iso = crosswalks.find(({ framework }) => framework === 'iso-42001')
  expect(iso?.controls.filter(({ id }) => id.startsWith('A.'))).toHaveLength(38)
  for (const { controls } of crosswalks) expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length)
})

test('every reference of a check leads to a control that there is, and every check that a control names exists', () => {
  const known = checks.map(({ id }) => id)
  for (const crosswalk of crosswalks) {
    const ids = crosswalk.controls.map(({ id }) => id)
    for (const { id, standards } of checks)
      for (const reference of standards) {
        const control = controlOf(crosswalk, reference)
        if (control !== undefined) expect(ids, `${id} names ${reference}`).toContain(control)
      }
    for (const control of crosswalk.controls)
      for (const check of control.checks) expect(known, control.id).toContain(check)
  }
  const read = (reference: string) => crosswalks.some((one) => controlOf(one, reference) !== undefined)
  const families = checks.flatMap(({ standards }) => standards.filter((one) => /^(?:NIST|ISO|OWASP|ATLAS)/.test(one)))
  expect(families.filter((reference) => !read(reference))).toEqual([])
})

const tiny = Crosswalk.parse({
  ...{ framework: 'f', title: 'F', edition: '1', version: '1', asOf: '2026-01-01', pattern: '^F (\\w+)$', note: '' },
  source: { title: 'F', url: 'https://f.example' },
  controls: ['a', 'b', 'c'].map((id) => ({ id, group: 'g', says: id, ...(id === 'b' && { checks: ['y'] }) })),
})
const named = [
  { id: 'x', standards: ['F a', 'F b'] },
  { id: 'y', standards: ['F a'] },
]
test.for<[Record<string, Verdict>, readonly string[]]>([
  [{}, ['open', 'open', 'no-check']],
  [{ x: 'PASS' }, ['partly', 'partly', 'no-check']],
  [{ x: 'PASS', y: 'PASS' }, ['evidence', 'evidence', 'no-check']],
  [{ x: 'PASS', y: 'NOT_APPLICABLE' }, ['evidence', 'evidence', 'no-check']],
  [{ x: 'NOT_APPLICABLE', y: 'NOT_APPLICABLE' }, ['not-asked', 'not-asked', 'no-check']],
  [{ x: 'WAIVED', y: 'STALE' }, ['open', 'open', 'no-check']],
])('under the verdicts %j the controls are %j', ([verdicts, states]) => {
  const { controls } = coverageOf(tiny, { checks: named, verdicts: new Map(Object.entries(verdicts)) })
  expect(controls.map(({ state }) => state)).toEqual(states)
})

test('a new pack is told item by item, with the checks before and after', () => {
  const item = (id: string, content: string, ...names: string[]) => ({ id, title: id, checks: names, content })
  const before = [item('same', '1', 'x'), item('other', '1', 'x'), item('gone', '1', 'z')]
  const after = [item('same', '1', 'x'), item('other', '2', 'y'), item('new', '1')]
  expect(changedItems(before, after).map(({ id, change, checks: touched }) => [id, change, touched])).toEqual([
    ['other', 'changed', ['x', 'y']],
    ['new', 'added', []],
    ['gone', 'removed', ['z']],
  ])
})
