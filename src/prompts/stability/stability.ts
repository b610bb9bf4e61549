/** Stability of prompts under changed questions: a suite of variants, run as an experiment like any other, and read. */
import type { Part } from '../../core/manifest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Caller } from '../../wire/caller.ts'
import { addFiles, type BlueprintWriter, readSuite } from '../writer.ts'
import { type ScoredRow, stabilityOf } from './figure.ts'
import { standing } from './made.ts'
import type { Perturbation } from './perturb.ts'
import { perturbedName, stabilityFiles, stabilityName } from './suite.ts'

/** What is read of an experiment that has ended. */
export type MeasuredSuite = {
  readonly application: string
  readonly suite: string
  readonly state: string
  readonly primary: string
  readonly margin: number
  readonly measured: readonly Part[]
  readonly rows: readonly ScoredRow[]
}

export type StabilityDeps = {
  readonly writer: BlueprintWriter
  /** Throws for an experiment that there is not. */
  readonly measuredBy: (experiment: string) => Promise<MeasuredSuite>
}

export type VaryAsk = {
  readonly application: string
  readonly suite: string
  readonly kinds: readonly Perturbation[]
  readonly most: number
  readonly dryRun: boolean
}

export function createStability({ writer, measuredBy }: StabilityDeps) {
  return {
    measuredBy,

    async vary({ application, suite: name, kinds, most, dryRun }: VaryAsk, by: Caller) {
      const { suite, examples, rowsOf } = await readSuite(writer, { application, suite: name })
      const made = standing(rowsOf(perturbedName(name)), examples)
      const varied = stabilityFiles({ suite, examples, kinds, most, made })
      if (varied.variants === 0)
        throw new Failure(
          'unmet',
          'prompts.nothing-to-vary',
          `The suite ${name} has no question outside of the holdout that these rules change.`,
        )
      // They follow from the suite, so that they are written anew with it.
      const derived = Object.keys(varied.files)
      if (!dryRun) await addFiles(writer, { application, files: varied.files, by, derived })
      return { suite: stabilityName(name), ...varied, written: !dryRun }
    },

    read({ suite, state, primary, margin, measured, rows }: MeasuredSuite) {
      if (state !== 'succeeded')
        throw new Failure(
          'unmet',
          'prompts.experiment-open',
          `The experiment is ${state}; its stability is read when it has ended.`,
        )
      const stability = stabilityOf(rows, margin)
      if (stability.n + stability.missing === 0)
        throw new Failure(
          'unmet',
          'prompts.no-variants',
          `The suite ${suite} has no variants. Make one that has: \`airworthy prompts vary <suite> <application>\`.`,
        )
      return { evaluator: primary, margin, measured: [...measured], stability }
    },
  }
}
export type StabilityOfPrompts = ReturnType<typeof createStability>
