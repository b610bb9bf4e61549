import { Stage } from '../core/stage.ts'

/** Stages that have a gate before them; the sandbox has none. */
export const GatedStage = Stage.exclude(['sandbox'])
