import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/time.ts'
import type { CardField } from '../cards/index.ts'
import { judgeRules, PolicyRule, RulePack, type UseContext } from './rule.ts'

const now = '2026-11-21T12:00:00.000Z' as Instant
const pack = RulePack.parse(
  JSON.parse(readFileSync(new URL('../../../packs/model-rules/core.json', import.meta.url), 'utf8')),
)
const field = (name: CardField['name'], value: CardField['value']): CardField => ({
  name,
  value,
  standing: value === null ? 'unknown' : 'self-reported',
  source: null,
  place: null,
  at: null,
  how: null,
  via: null,
  otherwise: [],
})
const usual: UseContext = { stage: 'pilot', use: 'commercial', dataClass: 'none', residency: [], aliasAccepted: false }
const verdictOf = (demands: PolicyRule['demands'], value: CardField['value'], context: Partial<UseContext> = {}) => {
  const rule = PolicyRule.parse({
    id: 'one',
    title: 'One rule',
    demands,
    severity: 'fail',
    reason: 'Because it matters.',
    remedy: 'Do something else.',
  })
  const name = demands.kind === 'known' ? (demands.fields[0] ?? 'licence') : demands.field
  return judgeRules([rule], [field(name, value)], { ...usual, ...context }, now)[0]?.verdict
}

test.for([
  [{ kind: 'known', fields: ['licence'] }, 'MIT', 'PASS'],
  [{ kind: 'known', fields: ['licence'] }, null, 'FAIL'],
  [{ kind: 'equals', field: 'trainsOnInputs', value: false }, false, 'PASS'],
  [{ kind: 'equals', field: 'trainsOnInputs', value: false }, true, 'FAIL'],
  [{ kind: 'equals', field: 'trainsOnInputs', value: false }, null, 'FAIL'],
  [{ kind: 'none-of', field: 'licence', values: ['*-NC-*'] }, 'CC-BY-NC-SA-4.0', 'FAIL'],
  [{ kind: 'none-of', field: 'licence', values: ['*-NC-*'] }, 'CC-BY-4.0', 'PASS'],
  [{ kind: 'none-of', field: 'licence', values: ['*-NC-*'] }, null, 'FAIL'],
  [{ kind: 'one-of', field: 'regions', values: ['eu', 'eu-*'] }, ['eu-west-1', 'EU'], 'PASS'],
  [{ kind: 'one-of', field: 'regions', values: ['eu', 'eu-*'] }, ['eu', 'us'], 'FAIL'],
  [{ kind: 'at-most', field: 'retentionDays', value: 30 }, 30, 'PASS'],
  [{ kind: 'at-most', field: 'retentionDays', value: 30 }, 31, 'FAIL'],
  [{ kind: 'at-least', field: 'contextTokens', value: 8000 }, 4000, 'FAIL'],
  [{ kind: 'days-ahead', field: 'deprecatedOn', days: 90 }, 'none', 'PASS'],
  [{ kind: 'days-ahead', field: 'deprecatedOn', days: 90 }, '2027-02-20', 'PASS'],
  [{ kind: 'days-ahead', field: 'deprecatedOn', days: 90 }, '2027-02-19', 'FAIL'],
  [{ kind: 'days-ahead', field: 'deprecatedOn', days: 90 }, '2026-11-01', 'FAIL'],
] as const)('%j of %j is %s', ([demands, value, verdict]) => {
  expect(verdictOf(structuredClone(demands) as PolicyRule['demands'], value as CardField['value'])).toBe(verdict)
})

test.for([
  [['eu'], ['eu-central-1'], 'PASS'],
  [['EU'], ['eu'], 'PASS'],
  [['eu'], ['europe'], 'FAIL'],
  [['eu'], ['eu', 'us-east-1'], 'FAIL'],
  [['eu', 'us'], ['us-east-1'], 'PASS'],
  [['eu'], ['this machine'], 'PASS'],
] as const)('where %j is allowed, regions %j are %s', ([residency, regions, verdict]) => {
  expect(verdictOf({ kind: 'within-residency', field: 'regions' }, [...regions], { residency: [...residency] })).toBe(
    verdict,
  )
})

test.for([
  ['CC-BY-NC-4.0', 'FAIL'],
  ['CC-BY-NC-SA-4.0', 'FAIL'],
  ['LicenseRef-mistral-research', 'FAIL'],
  ['LicenseRef-fair-noncommercial-research-license', 'FAIL'],
  ['PolyForm-Noncommercial-1.0.0', 'FAIL'],
  ['Apache-2.0', 'PASS'],
  ['MIT', 'PASS'],
  ['LicenseRef-proprietary', 'PASS'],
  ['LicenseRef-llama3.1', 'PASS'],
] as const)('%s for commercial use is %s, and no matter where nobody earns', ([licence, verdict]) => {
  const judged = (use: UseContext['use']) =>
    judgeRules(pack.rules, [field('licence', licence)], { ...usual, use }, now).find(
      ({ rule }) => rule === 'licence-commercial',
    )
  expect(judged('commercial')?.verdict).toBe(verdict)
  expect(judged('non-commercial')?.verdict).toBe('NOT_APPLICABLE')
})

test('of a model of which nothing is known, no rule that applies passes', () => {
  const names = pack.rules.flatMap(({ demands }) => (demands.kind === 'known' ? demands.fields : [demands.field]))
  const findings = judgeRules(
    pack.rules,
    [...new Set(names)].map((name) => field(name, null)),
    { ...usual, dataClass: 'sensitive', residency: ['eu'] },
    now,
  )
  expect(findings.filter(({ verdict }) => verdict === 'PASS')).toEqual([])
  for (const { reason, rule } of findings) expect(reason, rule).not.toBe('')
})
