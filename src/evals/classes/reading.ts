/** How an answer is read as a label: as the evaluator reads it by which the suite measures. Pure. */
import type { Suite } from '../../core/dataset.ts'
import { foldLabel, labelReader, normalised } from '../evaluators/index.ts'
import type { ClassFigures } from './contract.ts'

export type Reading = {
  readonly by: ClassFigures['reading']
  readonly options: Parameters<typeof labelReader>[0]
}

const READINGS = ['classification', 'exact', 'normalised'] as const

/** The one that decides first; `exact` where the suite has none of them. */
export function readingOf({ evaluators, primary }: Pick<Suite, 'evaluators' | 'primary'>): Reading {
  const named = [primary, ...evaluators.map(({ use }) => use)]
  const by = named.map((name) => READINGS.find((one) => one === name)).find((one) => one !== undefined) ?? 'exact'
  const options = evaluators.find(({ use }) => use === by)?.options ?? {}
  return { by, options: by === 'classification' ? (options as Reading['options']) : {} }
}

/** What an example expects, as it is compared. */
export function expectedReader({ by }: Reading): (text: string) => string {
  if (by === 'classification') return foldLabel
  // A label such as "A" is an article, of which the normalisation leaves nothing.
  return by === 'exact' ? (text) => text.trim() : (text) => normalised(text) || text.trim().toLowerCase()
}

export function answerReader(reading: Reading): ReturnType<typeof labelReader> {
  if (reading.by === 'classification') return labelReader(reading.options)
  const read = expectedReader(reading)
  return (answer) => ({ label: read(answer) })
}
