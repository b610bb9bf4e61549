/** Questions of a release that anybody who may build it may ask: those of its suites that are not held out. */
import { type Example, turnsOf } from '../core/dataset.ts'
import type { Release } from '../core/release.ts'
import type { ExamplesOf } from '../evals/index.ts'
import { Failure } from '../kernel/failure.ts'

type Turns = ReturnType<typeof turnsOf>

/** At most so many of the suite; of the first that has any when none is named. Throws where there is none. */
export async function questionsOfSuite(examplesOf: ExamplesOf, { release, suite, limit }: Asked): Promise<Turns[]> {
  const { found, suites } = await openQuestions(examplesOf, { release, suite, limit })
  if (found.length > 0) return found
  throw new Failure(
    'unmet',
    'models.no-questions',
    `All questions of ${suites.map(({ dataset }) => dataset).join(', ')} are held out, and those are asked in experiments alone. Use another suite.`,
  )
}

type Asked = {
  readonly release: Pick<Release, 'application' | 'manifest'>
  readonly suite: string | undefined
  readonly limit: number
}

/** The same where there may be none; only those that fit. Throws where the release has not the suite. */
export async function openQuestions(
  examplesOf: ExamplesOf,
  {
    release: { application, manifest },
    suite: name,
    limit,
    fits = () => true,
  }: Asked & { readonly fits?: (example: Example) => boolean },
) {
  const suites = manifest.suites.filter((one) => name === undefined || one.name === name)
  if (suites.length === 0)
    throw new Failure(
      'unknown',
      'models.suite-unknown',
      `This release of ${application} has no suite ${name ?? 'at all'}. It has ${manifest.suites.map((one) => one.name).join(', ') || 'none'}.`,
    )
  for (const { dataset } of suites) {
    const part = manifest.datasets.find((one) => one.name === dataset)
    const found = part ? await firstOf(examplesOf.pieces(part), { limit, fits }) : []
    if (found.length > 0) return { found: found.map(turnsOf), suites }
  }
  return { found: [], suites }
}

/** Not of the holdout. */
async function firstOf(
  pieces: ReturnType<ExamplesOf['pieces']>,
  { limit, fits }: { limit: number; fits: (example: Example) => boolean },
): Promise<Example[]> {
  const found: Example[] = []
  for await (const piece of pieces)
    for (const example of piece) {
      if (example.split === 'holdout' || !fits(example)) continue
      found.push(example)
      if (found.length === limit) return found
    }
  return found
}
