import { expect, test } from 'vitest'
import { assign, BUCKETS, bucketOf, type LiveTable } from './live-table.ts'
import type { ReleaseId } from './release.ts'
import type { RolloutId } from './rollout.ts'

const release = (name: string) => name as ReleaseId
const tableOf = (share: number | null, salt = 'salt'): LiveTable => ({
  version: 1,
  applications: {
    shop: {
      stages: {
        sandbox: { release: release('rel_3'), rollout: null },
        poc: {
          release: release('rel_1'),
          rollout: share === null ? null : { id: 'rol_1' as RolloutId, candidate: release('rel_2'), share, salt },
        },
      },
    },
  },
})
const subjects = Array.from({ length: 4000 }, (_, i) => `user-${i}`)
const candidates = (share: number, salt?: string) =>
  new Set(
    subjects.filter(
      (subject) => assign({ table: tableOf(share, salt), application: 'shop', subject })?.arm === 'candidate',
    ),
  )

test('without a stage the highest one that is live answers, else the stage that is asked for', () => {
  const table = tableOf(null)
  expect(assign({ table, application: 'shop', subject: 'a' })).toMatchObject({
    stage: 'poc',
    release: 'rel_1',
    rollout: null,
  })
  expect(assign({ table, application: 'shop', stage: 'sandbox', subject: 'a' })).toMatchObject({ release: 'rel_3' })
  expect(assign({ table, application: 'shop', stage: 'pilot', subject: 'a' })).toBeUndefined()
  expect(assign({ table, application: 'other', subject: 'a' })).toBeUndefined()
})

test.for([0, 0.01, 0.2, 0.5, 1])('a share of %d of the subjects meets the candidate', (share) => {
  const found = candidates(share).size / subjects.length
  expect(Math.abs(found - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / subjects.length))
})

test('a subject keeps its arm, and a growing share sends nobody back', () => {
  const small = candidates(0.2)
  expect(candidates(0.2)).toEqual(small)
  const large = candidates(0.5)
  expect([...small].filter((subject) => !large.has(subject))).toEqual([])
})

test('another salt draws anew', () => {
  const other = candidates(0.5, 'other')
  const both = [...candidates(0.5)].filter((subject) => other.has(subject)).length
  expect(both / subjects.length).toBeGreaterThan(0.2)
  expect(both / subjects.length).toBeLessThan(0.3)
})

test('a share of 0 sends nobody to the candidate and says under which rollout it was', () => {
  expect(assign({ table: tableOf(0), application: 'shop', subject: 'a' })).toEqual({
    stage: 'poc',
    release: 'rel_1',
    arm: 'control',
    rollout: { id: 'rol_1', share: 0 },
  })
})

test('buckets are the first 64 bits of SHA-256(salt ‖ subject) modulo 10,000', () => {
  expect(bucketOf('salt', 'user-1')).toBe(Number(BigInt(`0x${SHA256_OF_SALTUSER1.slice(0, 16)}`) % BigInt(BUCKETS)))
})
/** `printf 'saltuser-1' | sha256sum` */
const SHA256_OF_SALTUSER1 = 'db62e91f67de4407261c734ef49c80812547147bfa4890e70c63763aac181852'
