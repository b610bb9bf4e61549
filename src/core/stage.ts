/** The four stages of the path, in order. None may be skipped. */
import { z } from 'zod'

export const STAGES = ['sandbox', 'poc', 'pilot', 'production'] as const
export const Stage = z.enum(STAGES)
export type Stage = z.infer<typeof Stage>

/** The stage after this one; undefined after production. */
export const nextStage = (stage: Stage): Stage | undefined => STAGES[STAGES.indexOf(stage) + 1]

/** The stage before this one; undefined before the sandbox. */
export const stageBefore = (stage: Stage): Stage | undefined => STAGES[STAGES.indexOf(stage) - 1]

export const isAtLeast = (stage: Stage, other: Stage): boolean => STAGES.indexOf(stage) >= STAGES.indexOf(other)
