/**
 * How many processes the expected peak takes, from what was measured; pure. Between the highest rate that surely held and
 * the lowest that surely failed lies what the processes bear together; more processes are taken to bear in proportion,
 * which is said, because nobody measured it.
 */
import { plural } from '../../kernel/plural.ts'
import type { Capacity, LoadPlan, StepFigures } from './contract.ts'

export function capacityOf(
  steps: readonly StepFigures[],
  { plan: { objectives, headroom, questions }, processes }: { plan: LoadPlan; processes: number },
): Capacity {
  const counted = steps.filter(({ step }) => step.kind === 'planned' || step.kind === 'beyond')
  const failed = counted.filter(({ standing }) => standing === 'failed').map(({ offeredPerSecond }) => offeredPerSecond)
  const failedPerSecond = failed.length === 0 ? null : Math.min(...failed)
  // A step that held above one that failed was luck.
  const held = counted
    .filter(({ standing }) => standing === 'held')
    .map(({ offeredPerSecond }) => offeredPerSecond)
    .filter((rate) => failedPerSecond === null || rate < failedPerSecond)
  const heldPerSecond = held.length === 0 ? null : Math.max(...held)
  const wanted = wantedOf({ objectives, headroom })
  const of = (rate: number) => Math.max(1, Math.ceil((wanted * processes) / rate))
  const needed =
    heldPerSecond === null ? null : { low: failedPerSecond === null ? 1 : of(failedPerSecond), high: of(heldPerSecond) }
  return {
    ...{ processes, heldPerSecond, failedPerSecond, headroom, needed },
    says: wordsOf({ heldPerSecond, failedPerSecond, processes, needed, wanted }),
    quotas: [],
    notMeasured: [
      ...(needed && needed.high > processes
        ? [
            'More processes than were running: they are taken to bear in proportion, as long as their machines, the database and the provider do.',
          ]
        : []),
      'What others take of the same quota of a provider, which grows with no process of ours, and the longest answer that may come, which some providers count beforehand.',
      `Other questions than the ${plural(questions, 'question', 'questions')} that were asked in turn, and longer conversations.`,
      'Hours of load: memory, connections and quotas that run out slowly.',
      'A machine of its own for the generator: where both share one, the release would bear more.',
    ],
  }
}

/** The peak with its headroom, in requests of users a second. */
export const wantedOf = ({ objectives, headroom }: Pick<LoadPlan, 'objectives' | 'headroom'>): number =>
  objectives.peakPerSecond * headroom

function wordsOf({
  heldPerSecond,
  failedPerSecond,
  processes,
  needed,
  wanted,
}: Pick<Capacity, 'heldPerSecond' | 'failedPerSecond' | 'processes' | 'needed'> & { wanted: number }): string {
  const who = plural(processes, 'process', 'processes')
  if (needed === null || heldPerSecond === null)
    return failedPerSecond === null
      ? 'No step surely kept the objectives, so no plan follows. Run longer steps, or say what the objectives are.'
      : `${who} did not carry ${shown(failedPerSecond)} a second, and no lower step surely held. Run lower steps.`
  const limit =
    failedPerSecond === null
      ? `${who} carried ${shown(heldPerSecond)} a second and more was not tried`
      : `${who} carried ${shown(heldPerSecond)} a second and not ${shown(failedPerSecond)}`
  const range = needed.low === needed.high ? `${needed.high}` : `${needed.low} to ${needed.high}`
  return `${limit}. ${shown(wanted)} a second, the peak with its headroom, take ${range}: plan for ${needed.high}.`
}

export const shown = (rate: number): string => String(Number(rate.toPrecision(3)))
