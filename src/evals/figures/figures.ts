/** Published figures by name, each computed from the files that the caller sends.. */
import { Failure } from '../../kernel/failure.ts'
import { refchecker, taubench } from './agents.ts'
import type { FigureSet, PublishedFigure } from './contract.ts'
import type { Figures } from './figure.ts'
import { llmbar } from './llmbar.ts'
import { game24, gsm8k } from './reasoning.ts'

export const FIGURES: readonly Figures[] = [gsm8k, game24, taubench, refchecker, llmbar]

export const setOf = ({ name, title, source, basis, files }: Figures): FigureSet => ({
  name,
  title,
  source,
  basis,
  files,
})

/** @param files bytes by path below the folder of data */
export function computeSet(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
): FigureSet & { items: PublishedFigure[] } {
  const set = FIGURES.find((one) => one.name === name)
  if (!set)
    throw new Failure(
      'unknown',
      'evals.figures-unknown',
      `There are no figures ${name}. There are ${FIGURES.map((one) => one.name).join(', ')}.`,
    )
  const fileOf = (path: string): Uint8Array => {
    const bytes = files[path]
    if (bytes) return bytes
    throw new Failure(
      'invalid',
      'evals.figures-file-missing',
      `The file ${path} is missing; ${name} is computed from it.`,
      {
        problems: [{ field: 'files', message: `lacks ${path}` }],
      },
    )
  }
  try {
    return { ...setOf(set), items: set.compute(fileOf) }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw new Failure(
      'invalid',
      'evals.figures-file-broken',
      `The files of ${name} cannot be read: ${thrown instanceof Error ? thrown.message : 'they are not what they should be'}.`,
    )
  }
}
