/** A case of what really happened. It never enters the holdout: whoever mends it has seen it. */
import type { Example } from '../../core/dataset.ts'
import type { Caller } from '../../wire/caller.ts'
import type { Edit } from './changing.ts'
import type { VersionSummary } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import type { DatasetDoor } from './version-of.ts'

export type Case = Pick<Edit, 'name' | 'personalData' | 'reason'> & {
  readonly caller: Caller
  readonly trace: string
  readonly expected?: Example['expected']
  readonly unanswerable?: boolean | undefined
  readonly rubric?: string | undefined
  readonly split: 'regress' | 'build' | 'calibration'
}

export const createCases =
  ({
    door,
    edit,
    traceOf,
  }: Pick<DatasetsDeps, 'traceOf'> & {
    door: DatasetDoor
    edit: (ask: Edit) => Promise<VersionSummary | undefined>
  }) =>
  async ({
    name,
    caller,
    trace,
    expected,
    split,
    reason,
    personalData,
    ...more
  }: Case): Promise<VersionSummary | undefined> => {
    const { dataset } = await door.findToRead(name, caller)
    const { turns, application, release, correction } = await traceOf(caller, trace)
    const [first] = turns
    const row = {
      id: `trace-${trace}`,
      input: turns.length === 1 && first?.role === 'user' ? first.content : turns,
      expected: expected ?? correction,
      split,
      source: `trace ${trace}`,
      metadata: { ...(application !== null && { application }), ...(release !== null && { release }) },
      ...(more.unanswerable !== undefined && { unanswerable: more.unanswerable }),
      ...(more.rubric !== undefined && { rubric: more.rubric }),
    }
    const lineage = { kind: 'trace' as const, from: trace, steps: [] }
    return edit({ name, caller, base: dataset.latest, put: [row], remove: [], personalData, lineage, reason })
  }
