import { expect, test } from 'vitest'
import type { Assignment, LiveTable } from '../core/live-table.ts'
import type { ReleaseId } from '../core/release.ts'
import type { RolloutId } from '../core/rollout.ts'
import { createPins } from './pins.ts'

const [OLD, NEW] = ['rel_old' as ReleaseId, 'rel_new' as ReleaseId]
const ROLLOUT = 'rol_1' as RolloutId
const tableOf = (isRolling: boolean): LiveTable => ({
  version: 1,
  applications: {
    shop: {
      stages: {
        poc: { release: OLD, rollout: isRolling ? { id: ROLLOUT, candidate: NEW, share: 0.5, salt: 's' } : null },
      },
    },
  },
})
const chosen = (arm: Assignment['arm'], share: number): Assignment => ({
  stage: 'poc',
  release: arm === 'candidate' ? NEW : OLD,
  arm,
  rollout: { id: ROLLOUT, share },
})

function begun(first: Assignment) {
  let now = 0
  const pins = createPins({ nowMs: () => now })
  const ask = (assignment: Assignment, { isRolling = true, isUnderWay = true } = {}) =>
    pins.keep('talk', assignment, { table: tableOf(isRolling), application: 'shop', isUnderWay })
  ask(first, { isUnderWay: false })
  return {
    ask,
    wait: (ms: number) => {
      now += ms
    },
  }
}

test('a conversation keeps its release, and its share, while the share grows', () => {
  const { ask } = begun(chosen('control', 0.2))
  expect(ask(chosen('candidate', 0.5))).toEqual(chosen('control', 0.2))
})

test('the next conversation of the same user is assigned anew', () => {
  const { ask } = begun(chosen('control', 0.2))
  expect(ask(chosen('candidate', 0.5), { isUnderWay: false })).toEqual(chosen('candidate', 0.5))
})

test('a rollback keeps nobody', () => {
  const { ask } = begun(chosen('candidate', 0.5))
  const back: Assignment = { ...chosen('control', 0.5), rollout: null }
  expect(ask(back, { isRolling: false })).toEqual(back)
})

test('one that began before the rollout is counted in neither arm', () => {
  const { ask } = begun({ ...chosen('control', 0.2), rollout: null })
  expect(ask(chosen('candidate', 0.5))).toMatchObject({ release: OLD, rollout: null })
  expect(ask(chosen('control', 0.5))).toMatchObject({ release: OLD, rollout: null })
})

test('after half an hour of silence it is over', () => {
  const { ask, wait } = begun(chosen('control', 0.2))
  wait(31 * 60 * 1000)
  expect(ask(chosen('candidate', 0.5))).toEqual(chosen('candidate', 0.5))
})
