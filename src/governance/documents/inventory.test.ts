/** Where data is kept: what was declared is held against the profile and the privacy of airworthy.yaml. */
import { expect, test } from 'vitest'
import { DataStore, faultsOfStore } from './inventory.ts'

const whole = { name: 'traces', keptBy: 'airworthy', region: 'EU', retentionDays: 90, encryption: 'at-rest' }
const SAID = { profile: { residency: ['eu'], personalData: 'contact' }, privacy: { retention: { tracesDays: 90 } } }

test.for([
  { of: 'what is as airworthy.yaml says', store: whole, said: SAID, faults: [] },
  {
    of: 'a region that the profile does not allow',
    store: { ...whole, region: 'us' },
    said: SAID,
    faults: ['is kept in us, and the profile allows eu alone'],
  },
  {
    of: 'any region where none is asked',
    store: { ...whole, region: 'us' },
    said: { ...SAID, profile: {} },
    faults: [],
  },
  {
    of: 'other days than are kept here',
    store: { ...whole, retentionDays: 30 },
    said: SAID,
    faults: ['says 30 days, and privacy.retention.tracesDays says 90'],
  },
  {
    of: 'days that nobody set here',
    store: whole,
    said: { profile: SAID.profile },
    faults: ['says 90 days, and privacy.retention.tracesDays says nothing'],
  },
  { of: 'other days at others', store: { ...whole, keptBy: 'others', retentionDays: 30 }, said: SAID, faults: [] },
  {
    of: 'personal data in the clear',
    store: { ...whole, encryption: 'none' },
    said: SAID,
    faults: ['holds personal data and is not encrypted'],
  },
  {
    of: 'what nobody declared',
    store: { name: 'mailbox' },
    said: SAID,
    faults: ['lacks region', 'lacks retentionDays', 'lacks encryption'],
  },
])('$of: $faults', ({ store, said, faults }) => {
  expect(faultsOfStore(DataStore.parse(store), said)).toEqual(faults)
})
