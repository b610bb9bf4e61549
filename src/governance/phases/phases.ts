/** Objects of all slices in one list, the newest first, by phase; each slice gives its own newest. */
import type { Caller } from '../../wire/caller.ts'
import { PHASES, type Phase } from '../compass/compass.ts'
import { type ObjectKind, type Phased, type PhasedObject, withPhase } from './phased-object.ts'

export type PhasedAsk = {
  readonly application: string | undefined
  readonly caller: Caller
  readonly limit: number
}

export type PhasesDeps = {
  readonly sources: Readonly<Record<ObjectKind, (ask: PhasedAsk) => Promise<readonly Phased[]>>>
}

/** Of each kind; the list of the kind itself has the others. */
const MOST_OF_KIND = 100

export type Phases = ReturnType<typeof createPhases>

export const createPhases = ({ sources }: PhasesDeps) => ({
  async list(given: {
    phase: Phase | undefined
    kind: ObjectKind | undefined
    application: string | undefined
    caller: Caller
  }): Promise<{ items: PhasedObject[]; phases: Record<Phase, number> }> {
    const { phase, kind, caller } = given
    const ask = { application: caller.application ?? given.application, caller, limit: MOST_OF_KIND }
    const kinds = (Object.keys(sources) as ObjectKind[]).filter((one) => kind === undefined || one === kind)
    const all: PhasedObject[] = []
    for (const one of kinds) all.push(...(await sources[one](ask)).map(withPhase))
    const counts = PHASES.map((one) => [one, all.filter((object) => object.phase === one).length] as const)
    return {
      items: all
        .filter((object) => phase === undefined || object.phase === phase)
        .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1)),
      phases: Object.fromEntries(counts) as Record<Phase, number>,
    }
  },
})
