import { expect, test } from 'vitest'
import { hitsOf, modelComponent, npmComponent } from './component.ts'
import { OsvAdvisory, touchOf } from './osv.ts'
import { compareSemver } from './semver.ts'
import { baseScore, severityOf } from './severity.ts'

const range = (...events: Record<string, string>[]) => ({ ranges: [{ type: 'SEMVER', events }] })

test.for([
  ['before it was introduced', range({ introduced: '1.0.0' }, { fixed: '1.2.0' }), '0.9.9', 'no'],
  ['where it was introduced', range({ introduced: '1.0.0' }, { fixed: '1.2.0' }), '1.0.0', 'affected'],
  ['just before the fix', range({ introduced: '0' }, { fixed: '1.2.0' }), '1.2.0-rc.1', 'affected'],
  ['at the fix', range({ introduced: '0' }, { fixed: '1.2.0' }), '1.2.0', 'no'],
  ['introduced again', range({ introduced: '0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' }), '2.1.0', 'affected'],
  ['the last that is affected', range({ introduced: '0' }, { last_affected: '1.5.0' }), '1.5.0', 'affected'],
  ['after the last', range({ introduced: '0' }, { last_affected: '1.5.0' }), '1.5.1', 'no'],
  ['named', { versions: ['main-7'], ...range({ introduced: '1.0.0' }) }, 'main-7', 'affected'],
  ['no version of this form', range({ introduced: '1.0.0' }), 'a1b2c3', 'possible'],
  ['a version that is not known', range({ introduced: '0' }), null, 'possible'],
  ['commits alone', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }, '1.0.0', 'possible'],
  [
    'commits and other versions by name',
    { versions: ['1.0.0'], ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] },
    '2.0.0',
    'no',
  ],
  ['the whole package', {}, '3.0.0', 'affected'],
] as const)('%s: %s is %s', ([, affected, version, touch]) => {
  expect(touchOf(structuredClone(affected) as Parameters<typeof touchOf>[0], version)).toBe(touch)
})

test('versions are in the order of SemVer 2.0', () => {
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.10.0',
    '2.0.0',
  ]
  expect(ordered.toReversed().toSorted(compareSemver)).toEqual(ordered)
  expect(compareSemver('v1', '1.0.0+build')).toBe(0)
})

test.for([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
  ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H', 5.5],
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N', 3.7],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  ['CVSS:4.0/AV:N', undefined],
  ['CVSS:3.1/AV:N/S:U', undefined],
] as const)('the base score of %s is %s, as published', ([vector, score]) => {
  expect(baseScore(vector)).toBe(score)
})

test('what nobody rated is unrated, not harmless; of several ratings the worst counts', () => {
  const advisory = (more: object) => OsvAdvisory.parse({ id: 'X-1', modified: '2026-01-01T00:00:00Z', ...more })
  expect(severityOf(advisory({}))).toBe('unrated')
  expect(severityOf(advisory({ severity: [{ type: 'CVSS_V4', score: 'CVSS:4.0/AV:N' }] }))).toBe('unrated')
  expect(
    severityOf(
      advisory({
        database_specific: { severity: 'MODERATE' },
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      }),
    ),
  ).toBe('critical')
})

test('an advisory finds a package and a model by package URL or by name, and nothing else', () => {
  const components = [
    npmComponent('@scope/thing', '1.0.0'),
    npmComponent('thing', '1.0.0'),
    modelComponent('hf/sage', 'Sages/Sage-7B', null),
    modelComponent('other/sage', null, null),
  ]
  const about = (thing: object) =>
    hitsOf(
      OsvAdvisory.parse({ id: 'X-1', modified: '2026-01-01T00:00:00Z', affected: [{ package: thing }] }),
      components,
    ).map(({ component }) => component.name)
  expect(about({ ecosystem: 'npm', name: '@scope/thing' })).toEqual(['@scope/thing'])
  expect(about({ ecosystem: 'npm', name: 'x', purl: 'pkg:npm/%40scope/thing@1.0.0' })).toEqual(['@scope/thing'])
  expect(about({ ecosystem: 'npm', name: 'x', purl: 'pkg:npm/@scope/thing' })).toEqual(['@scope/thing'])
  expect(about({ ecosystem: 'HuggingFace', name: 'sages/sage-7b' })).toEqual(['hf/sage'])
  expect(about({ ecosystem: 'PyPI', name: 'thing' })).toEqual([])
})
