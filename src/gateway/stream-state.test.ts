import { expect, test } from 'vitest'
import { isUnderWay, nextState, STREAM_EVENTS, STREAM_STATES } from './stream-state.ts'

const table = `
            opened   held       sent       ended     failed   hung-up    retried     settled
connecting  headers  -          -          complete  errored  cancelled  connecting  -
headers     -        buffering  committed  complete  errored  cancelled  connecting  -
buffering   -        buffering  committed  complete  errored  cancelled  connecting  -
committed   -        -          committed  complete  errored  cancelled  -           -
complete    -        -          -          -         -        -          -           settled
errored     -        -          -          -         -        -          -           settled
cancelled   -        -          -          -         -        -          -           settled
settled     -        -          -          -         -        -          -           -`
const [events = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

test('the table names every state and every event', () => {
  expect(events).toEqual([...STREAM_EVENTS])
  expect(rows.map(([state]) => state)).toEqual([...STREAM_STATES])
})

test.for(STREAM_STATES.flatMap((state, row) => STREAM_EVENTS.map((event, column) => ({ state, event, row, column }))))(
  '$state, $event',
  ({ state, event, row, column }) => {
    const expected = rows[row]?.[column + 1]
    expect(nextState(state, event) ?? '-').toBe(expected)
  },
)

test('whatever happens, an answer is settled exactly once and only after an end', () => {
  for (let seed = 0; seed < 500; seed += 1) {
    let state: (typeof STREAM_STATES)[number] = 'connecting'
    let settled = 0
    for (let step = 0; step < 40; step += 1) {
      const event =
        STREAM_EVENTS[(seed * 31 + step * step * 7 + ((seed >> 3) ^ step)) % STREAM_EVENTS.length] ?? 'ended'
      const next = nextState(state, event)
      if (next === 'settled') {
        expect(isUnderWay(state)).toBe(false)
        settled += 1
      }
      state = next ?? state
    }
    expect(settled).toBeLessThanOrEqual(1)
  }
})
