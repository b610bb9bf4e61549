import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { digestOf } from '../kernel/digest.ts'
import { type Gate, GateCatalogue } from './check.ts'
import { snapshotDigest } from './snapshot-digest.ts'

const { checks, name, version, graceDays } = GateCatalogue.parse(
  JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8')),
)
const gate: Gate = { into: 'production', checks, catalogue: { name, version }, graceDays }

test('it is the digest of the whole, however often a check was written down before', () => {
  const read = { parts: [{ kind: 'prompt', name: 'ä"\u2028', digest: 'x' }], inStageSince: null, not: undefined }
  const ids = ['evi_a', 'evi_b']
  const fewer = { ...gate, checks: checks.slice(1) }
  const whole = (one: Gate) => digestOf({ gate: one, ...read, evidence: 'evi_a evi_b' })
  expect(snapshotDigest({ gate, evidence: ids }, read)).toBe(whole(gate))
  expect(snapshotDigest({ gate, evidence: ids }, read)).toBe(whole(gate))
  expect(snapshotDigest({ gate: fewer, evidence: ids }, read)).toBe(whole(fewer))
  expect(snapshotDigest({ gate, evidence: [] }, {})).toBe(digestOf({ gate, evidence: '' }))
})
