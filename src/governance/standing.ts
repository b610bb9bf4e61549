/** Where an application stands on its path, as the plan reads it: its newest release at each gate. */
import { z } from 'zod'
import { ReleaseId } from '../core/release.ts'
import { Stage } from '../core/stage.ts'
import { opens, Verdict } from '../core/verdict.ts'

export const PathStanding = z.object({
  /** The newest release; null before the first. */
  release: ReleaseId.nullable(),
  /** The highest stage in which the application is live; null in none. */
  stage: Stage.nullable(),
  gates: z.array(
    z.object({
      into: Stage,
      checks: z.array(z.object({ check: z.string(), title: z.string(), verdict: Verdict })),
    }),
  ),
})
export type PathStanding = z.infer<typeof PathStanding>

/** The verdict of each check, the worst word first where several gates ask it. */
export const verdictsOf = ({ gates }: PathStanding): Map<string, Verdict> =>
  new Map(
    gates
      .flatMap(({ checks }) => checks)
      .sort((a, b) => Number(opens(b.verdict)) - Number(opens(a.verdict)))
      .map(({ check, verdict }) => [check, verdict]),
  )
