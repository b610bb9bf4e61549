/** Published figures by name, each computed from the files that the caller sends. */
import { Failure } from '../../kernel/failure.ts'
import type { IndexOver } from '../searched.ts'
import { refchecker, taubench } from './agents.ts'
import { banking77 } from './banking77.ts'
import { bbq } from './bbq.ts'
import { bfcl } from './bfcl.ts'
import { cacm } from './cacm.ts'
import { clapnq } from './clapnq.ts'
import type { FigureSet, PublishedFigure } from './contract.ts'
import type { Figures } from './figure.ts'
import { game24 } from './game24.ts'
import { gsm8k } from './gsm8k.ts'
import { llmbar } from './llmbar.ts'
import { mtrag } from './mtrag.ts'
import { nist } from './nist.ts'
import { xstest } from './xstest.ts'

export const FIGURES: readonly Figures[] = [
  gsm8k,
  game24,
  taubench,
  bfcl,
  refchecker,
  cacm,
  clapnq,
  mtrag,
  banking77,
  llmbar,
  xstest,
  bbq,
  nist,
]

export const setOf = ({ name, title, source, basis, files, sourceFiles }: Figures): FigureSet => ({
  name,
  title,
  source,
  basis,
  files,
  sourceFiles,
})

/** @param files bytes by path below the folder of data */
export async function computeSet({
  name,
  files,
  indexOver,
}: {
  name: string
  files: Readonly<Record<string, Uint8Array>>
  indexOver: IndexOver
}): Promise<FigureSet & { items: PublishedFigure[] }> {
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
    return { ...setOf(set), items: await set.compute({ fileOf, has: (path) => path in files, indexOver }) }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    throw new Failure(
      'invalid',
      'evals.figures-file-broken',
      `The files of ${name} cannot be read: ${thrown instanceof Error ? thrown.message : 'they are not what they should be'}.`,
    )
  }
}
