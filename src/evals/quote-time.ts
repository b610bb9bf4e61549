/** How long an experiment will take: as the last one like it did, or at a guess that is said where there was none. */
import { epochMs } from '../kernel/time.ts'
import type { Experiment, QuotePart } from './experiment.ts'

/** Of one call; what calibrations of judges reckon with as well. */
const SECONDS = 2
const MINUTE_MS = 60_000

/**
 * @param earlier experiments of this suite that succeeded. Of those that asked the same models, took no answer again and
 * came at once, the quickest counts: another one may have been paused.
 * @param isEmbedded of a model that runs here: its calls take milliseconds
 */
export function timeOf({
  parts,
  rows,
  concurrency,
  earlier,
  isEmbedded,
}: {
  parts: readonly QuotePart[]
  /** Of all arms. */
  rows: number
  concurrency: number
  earlier: readonly Experiment[]
  isEmbedded: (model: string) => boolean
}): { minutes: number; basis: string } {
  const asked = namesOf(parts)
  const [like] = earlier
    .filter(({ quote, arms, serving }) => namesOf(quote.parts) === asked && isTimed(arms) && serving === 'real-time')
    .flatMap((experiment) => {
      const tookMs = rowMs(experiment)
      return tookMs === undefined ? [] : [{ id: experiment.id, tookMs }]
    })
    .sort((a, b) => a.tookMs - b.tookMs)
  if (like) return { minutes: rounded((like.tookMs * rows) / MINUTE_MS), basis: `Time as ${like.id} took.` }
  const away = parts.filter(({ model }) => !isEmbedded(model))
  const calls = away.reduce((sum, one) => sum + one.calls, 0)
  const models = [...new Set(away.map(({ model }) => model))].join(', ')
  return {
    minutes: rounded((calls * SECONDS) / concurrency / 60),
    basis: calls === 0 ? '' : `How long ${models} takes was not measured here: time at ${SECONDS} seconds a call.`,
  }
}

const namesOf = (parts: readonly QuotePart[]): string =>
  parts
    .map(({ of, model }) => `${of} ${model}`)
    .sort()
    .join('\n')

const isTimed = (arms: Experiment['arms']): boolean => arms.every(({ reused }) => reused === 0)

/** A row of any arm, from the begin of the experiment to its end, as many at a time as there were. */
function rowMs({ arms, startedAt, finishedAt }: Experiment): number | undefined {
  const rows = arms.reduce((sum, arm) => sum + arm.rows, 0)
  return startedAt && finishedAt && rows > 0 ? (epochMs(finishedAt) - epochMs(startedAt)) / rows : undefined
}

const rounded = (minutes: number): number => Math.round(minutes * 1000) / 1000
