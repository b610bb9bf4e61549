/** Routes of published figures: what others published of their recordings, computed again from the very files. Browser-safe. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'

export const PublishedFigure = z.object({
  /** What it is, in words. */
  figure: z.string(),
  /** What it should be, a number or a verdict: published by the source, or computed from the same files by another program. */
  reference: z.union([z.number(), z.string()]),
  ours: z.union([z.number(), z.string()]),
  /** They agree in every digit of the reference. */
  isMet: z.boolean(),
  /** Why it differs; null where it is met. */
  deviation: z.string().nullable(),
})
export type PublishedFigure = z.infer<typeof PublishedFigure>

export const FigureSet = z.object({
  name: z.string(),
  title: z.string(),
  /** Where the recording is from. */
  source: z.string(),
  /** Where the references are from. */
  basis: z.string(),
  /** Paths below the folder of data, as the repository holds them. */
  files: z.array(z.string()),
  /** Paths of the same as the source publishes it, where the repository keeps less of it; either will do. */
  sourceFiles: z.array(z.string()),
})
export type FigureSet = z.infer<typeof FigureSet>

export const listFigures = route({
  name: 'listFigures',
  method: 'GET',
  path: '/api/v1/figures',
  summary: 'Published recordings whose figures this program computes again, with the files that it needs',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(FigureSet) }) },
})

export const computeFigures = route({
  name: 'computeFigures',
  method: 'POST',
  path: '/api/v1/figures/:name',
  summary: 'Compute the figures of a published recording from its files, beside what was published',
  permission: 'view',
  example: { files: { 'reasoning-game24/correct.csv': 'cHV6emxlLHNhbXBsZXMsY29ycmVjdCxtYWpvcml0eQo=' } },
  params: z.object({ name: z.string().min(1) }),
  maxBodyBytes: 32 * 1024 * 1024,
  body: z.strictObject({ files: z.record(z.string().min(1), z.base64()) }),
  returns: { 200: z.object({ ...FigureSet.shape, items: z.array(PublishedFigure) }) },
})
