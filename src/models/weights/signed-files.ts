/** What was signed, held against the files that are there. Pure. */
import { z } from 'zod'

/** What OpenSSF model signing 1.0 signs: a list of files with their digests. */
export const Statement = z.object({
  predicateType: z.literal('https://model_signing/signature/v1.0'),
  predicate: z.object({
    resources: z
      .array(z.object({ name: z.string(), digest: z.string(), algorithm: z.string().default('sha256') }))
      .max(100_000),
    serialization: z.object({ ignore_paths: z.array(z.string()).default([]) }).optional(),
  }),
})

const MOST_NAMED = 20
/** Left out by every signer. */
const NEVER_SIGNED = ['.git', '.gitignore', '.gitattributes', '.github']

/**
 * Every file that is missing, another or not signed, by name; undefined when they are exactly those.
 * @param files each file that is there, with its SHA-256 in hexadecimal digits
 * @param own the file of the signature itself
 */
export function differencesOf(
  { predicate }: z.infer<typeof Statement>,
  files: ReadonlyMap<string, string>,
  own: string,
): string | undefined {
  const { resources, serialization } = predicate
  if (resources.some(({ algorithm }) => algorithm !== 'sha256')) return 'It was made over another digest than SHA-256.'
  const signed = new Map(resources.map(({ name, digest }) => [name, digest.toLowerCase()]))
  const ignored = [...(serialization?.ignore_paths ?? []), ...NEVER_SIGNED]
  const isIgnored = (name: string) => ignored.some((path) => name === path || name.startsWith(`${path}/`))
  const differences = [
    ...[...signed].flatMap(([name, digest]) => {
      const there = files.get(name)
      if (there === undefined) return [`It is about ${name}, which is not there.`]
      return there === digest ? [] : [`${name} is another file than the one that was signed.`]
    }),
    ...[...files.keys()]
      .filter((name) => name !== own && !signed.has(name) && !isIgnored(name))
      .map((name) => `${name} is there and was not signed.`),
  ]
  if (differences.length === 0) return undefined
  const more = differences.length - MOST_NAMED
  return [...differences.slice(0, MOST_NAMED), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
}
