/** The phase of each kind of object. */
import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/time.ts'
import { type Phased, phaseOfObject } from './phased-object.ts'

const object = (kind: Phased['kind'], more: Partial<Phased> = {}): Phased => ({
  ...{ kind, id: 'x', title: 'x', application: null, state: '', at: '2026-11-22T00:00:00.000Z' as Instant, href: '/' },
  ...more,
})

test.for([
  ['an idea that somebody had', object('idea'), 'discovery'],
  ['an idea from users', object('idea', { isFromUsers: true }), 'improvement'],
  ['a release that nobody uses yet', object('release', { state: 'sandbox' }), 'development'],
  ['a release in the pilot', object('release', { state: 'pilot' }), 'deployment'],
  ['a release that everybody uses', object('release', { state: 'production' }), 'monitoring'],
  ['an experiment', object('experiment'), 'development'],
  ['an approval', object('approval'), 'deployment'],
  ['a rollout', object('rollout'), 'deployment'],
  ['an alert', object('alert'), 'monitoring'],
  ['an incident', object('incident'), 'monitoring'],
  ['an incident that a release fixed', object('incident', { isOver: true }), 'improvement'],
  ['bias that was found', object('mitigation'), 'improvement'],
] as const)('%s', ([, given, phase]) => {
  expect(phaseOfObject(given)).toBe(phase)
})
