/** What the header of a weights file says, the same for every format. */
import { z } from 'zod'

export const WeightsHeader = z.object({
  /** Version of the format; null where it has none. */
  version: z.number().int().nullable(),
  tensors: z.number().int(),
  /** Numbers in all tensors. */
  parameters: z.number(),
  /** Tensors by type of number, for example `BF16` or `Q4_K`. */
  types: z.record(z.string(), z.number().int()),
  name: z.string().nullable(),
  architecture: z.string().nullable(),
  /** How a GGUF file says it was quantised as a whole. */
  quantisation: z.string().nullable(),
  contextTokens: z.number().int().nullable(),
  /** As the file spells it. */
  licence: z.string().nullable(),
  /** The first entries that are text, cut short. */
  metadata: z.record(z.string(), z.string()),
})
export type WeightsHeader = z.infer<typeof WeightsHeader>

const MOST_ENTRIES = 100
const MOST_LETTERS = 300

/** What is kept of the metadata: enough to look at, not enough to fill a database. */
export const shortMetadata = (entries: Iterable<readonly [string, string]>): Record<string, string> =>
  Object.fromEntries([...entries].slice(0, MOST_ENTRIES).map(([name, text]) => [plain(name), plain(text)]))

const plain = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, MOST_LETTERS).toWellFormed()

export const countBy = (names: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([one], [other]) => one.localeCompare(other)))
}
