/** Counterfactual pairs of an application: written into its blueprint, run like any suite, read by `eval.fairness`. */
import { Failure } from '../../kernel/failure.ts'
import type { Caller } from '../../wire/caller.ts'
import { addFiles, type BlueprintWriter, readSuite } from '../writer.ts'
import { type BiasPack, pairFiles } from './suite.ts'

export type PairsAsk = {
  readonly application: string
  readonly suite: string
  /** All when absent. */
  readonly attributes?: readonly string[] | undefined
  readonly most: number
  readonly dryRun: boolean
}

export function createPairs({ writer, pack }: { writer: BlueprintWriter; pack: BiasPack }) {
  const known = pack.attributes.map(({ name }) => name)
  return {
    async write({ application, suite: name, attributes = known, most, dryRun }: PairsAsk, by: Caller) {
      const strange = attributes.find((one) => !known.includes(one))
      if (strange !== undefined)
        throw new Failure(
          'invalid',
          'prompts.attribute-unknown',
          `There is no attribute ${strange}. There are ${known.join(', ')}.`,
          { problems: [{ field: 'attributes', message: `does not know ${strange}` }] },
        )
      const { suite, examples } = await readSuite(writer, { application, suite: name })
      const made = pairFiles({
        suite,
        examples,
        attributes: pack.attributes.filter((one) => attributes.includes(one.name)),
        most,
      })
      if (made.cases === 0)
        throw new Failure(
          'unmet',
          'prompts.nothing-to-pair',
          `The suite ${name} has no question outside of the holdout in a file of the blueprint.`,
        )
      // They follow from the suite, so that they are written anew with it.
      const derived = Object.keys(made.files)
      if (!dryRun) await addFiles(writer, { application, files: made.files, by, derived })
      return { suite: `${name}-bias`, ...made, written: !dryRun }
    },
  }
}
export type Pairs = ReturnType<typeof createPairs>
