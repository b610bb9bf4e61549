/** The four stages in order, and their names for people. */
import type { GatedStage, Stage } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

export const STAGES: readonly Stage[] = ['sandbox', 'poc', 'pilot', 'production']
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  sandbox: say('stages.sandbox'),
  poc: say('stages.proof-of-concept'),
  pilot: say('stages.pilot'),
  production: say('stages.production'),
}

export const nextStage = (stage: Stage): GatedStage | undefined =>
  (({ sandbox: 'poc', poc: 'pilot', pilot: 'production', production: undefined }) as const)[stage]

export const isGated = (stage: string): stage is GatedStage => ['poc', 'pilot', 'production'].includes(stage)
