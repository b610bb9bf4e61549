/** The live table under any sequence of promotions and rollouts, against what a request must see. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../testing/properties.ts'
import { assign, type LiveStage, type LiveTable } from './live-table.ts'
import type { ReleaseId } from './release.ts'
import type { RolloutId } from './rollout.ts'
import { STAGES, type Stage } from './stage.ts'

const APPLICATIONS = ['shop', 'desk'] as const
const SUBJECTS = Array.from({ length: 60 }, (_, i) => `user-${i}`)

type Place = { readonly application: string; readonly stage: Stage }
type Change = Place &
  (
    | { readonly kind: 'promote'; readonly release: number }
    | { readonly kind: 'start'; readonly release: number; readonly share: number; readonly salt: string }
    | { readonly kind: 'grow'; readonly share: number }
    | { readonly kind: 'complete' }
    | { readonly kind: 'abort' }
  )

const place = () => ({ application: fc.constantFrom(...APPLICATIONS), stage: fc.constantFrom(...STAGES) })
const share = () => fc.integer({ min: 0, max: 10_000 }).map((parts) => parts / 10_000)
const change = (): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.record({ kind: fc.constant('promote' as const), release: fc.nat(5), ...place() }),
    fc.record({
      kind: fc.constant('start' as const),
      release: fc.nat(5),
      share: share(),
      salt: fc.string(),
      ...place(),
    }),
    fc.record({ kind: fc.constant('grow' as const), share: share(), ...place() }),
    fc.record({ kind: fc.constant('complete' as const), ...place() }),
    fc.record({ kind: fc.constant('abort' as const), ...place() }),
  )

const releaseOf = (n: number) => `rel_${n}` as ReleaseId
const stageOf = (table: LiveTable, { application, stage }: Place): LiveStage | undefined =>
  table.applications[application]?.stages[stage]

function withStage(table: LiveTable, { application, stage }: Place, live: LiveStage): LiveTable {
  const stages = { ...table.applications[application]?.stages, [stage]: live }
  return { version: table.version + 1, applications: { ...table.applications, [application]: { stages } } }
}

/** The table after a change; one that does not fit its place changes nothing, as delivery refuses it. */
function after(table: LiveTable, asked: Change): LiveTable {
  const live = stageOf(table, asked)
  if (asked.kind === 'promote')
    return live ? table : withStage(table, asked, { release: releaseOf(asked.release), rollout: null })
  if (!live) return table
  if (asked.kind === 'start') {
    if (live.rollout || live.release === releaseOf(asked.release)) return table
    const id = `rol_${table.version}` as RolloutId
    const rollout = { id, candidate: releaseOf(asked.release), share: asked.share, salt: asked.salt }
    return withStage(table, asked, { ...live, rollout })
  }
  if (!live.rollout) return table
  if (asked.kind === 'abort') return withStage(table, asked, { ...live, rollout: null })
  if (asked.kind === 'complete') return withStage(table, asked, { release: live.rollout.candidate, rollout: null })
  const grown = { ...live.rollout, share: Math.max(live.rollout.share, asked.share) }
  return withStage(table, asked, { ...live, rollout: grown })
}

const EMPTY: LiveTable = { version: 0, applications: {} }
const seenIn = (table: LiveTable, where: Place) =>
  new Map(SUBJECTS.map((subject) => [subject, assign({ table, ...where, subject })]))
const PLACES: readonly Place[] = APPLICATIONS.flatMap((application) => STAGES.map((stage) => ({ application, stage })))

test('after any changes a request meets a release that is live there, in one arm, and the same one again', () => {
  fc.assert(
    fc.property(fc.array(change(), { maxLength: 25 }), (changes) => {
      let table = EMPTY
      for (const asked of changes) {
        table = after(table, asked)
        const live = stageOf(table, asked)
        for (const [subject, found] of seenIn(table, asked)) {
          expect(assign({ table: structuredClone(table), ...asked, subject })).toEqual(found)
          if (!live) expect(found).toBeUndefined()
          else if (!live.rollout) expect(found).toMatchObject({ release: live.release, arm: 'control', rollout: null })
          else {
            const isCandidate = found?.release === live.rollout.candidate
            expect(found?.arm).toBe(isCandidate ? 'candidate' : 'control')
            expect(isCandidate || found?.release === live.release).toBe(true)
            expect(found?.rollout).toEqual({ id: live.rollout.id, share: live.rollout.share })
            if (live.rollout.share === 0) expect(isCandidate).toBe(false)
            if (live.rollout.share === 1) expect(isCandidate).toBe(true)
          }
        }
      }
    }),
    cases(40),
  )
})

test('a change in one place moves nobody in another, and a growing share sends nobody back', () => {
  fc.assert(
    fc.property(fc.array(change(), { maxLength: 25 }), (changes) => {
      let table = EMPTY
      for (const asked of changes) {
        const next = after(table, asked)
        for (const where of PLACES) {
          if (where.application === asked.application && where.stage === asked.stage) continue
          expect(stageOf(next, where)).toBe(stageOf(table, where))
        }
        const before = stageOf(table, asked)?.rollout
        const rollout = stageOf(next, asked)?.rollout
        if (before && before.id === rollout?.id) {
          const now = seenIn(next, asked)
          for (const [subject, found] of seenIn(table, asked))
            if (found?.arm === 'candidate') expect(now.get(subject)?.arm).toBe('candidate')
        }
        table = next
      }
    }),
    cases(60),
  )
})

test('without a stage the highest live one answers, whatever was live before', () => {
  fc.assert(
    fc.property(fc.array(change(), { maxLength: 25 }), fc.constantFrom(...APPLICATIONS), (changes, application) => {
      const table = changes.reduce(after, EMPTY)
      const highest = STAGES.toReversed().find((stage) => stageOf(table, { application, stage }))
      expect(assign({ table, application, subject: 'ada' })?.stage).toBe(highest)
    }),
    cases(100),
  )
})

test.for(['constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
  'the application %j answers nobody',
  (application) => {
    const table = after(EMPTY, { kind: 'promote', release: 1, application: 'shop', stage: 'poc' })
    expect(assign({ table, application, subject: 'ada' })).toBeUndefined()
    expect(assign({ table, application, stage: 'poc', subject: 'ada' })).toBeUndefined()
  },
)
