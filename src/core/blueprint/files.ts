/** A blueprint as files: path to text, or to bytes in base64. The same shape in git, over HTTP and on screen. */
import { z } from 'zod'

export const BlueprintFile = z.union([z.string(), z.strictObject({ base64: z.base64() })])
export type BlueprintFile = z.infer<typeof BlueprintFile>

/** Relative paths with forward slashes, without `..`, an empty part or a leading slash. */
export const FilePath = z
  .string()
  .regex(
    /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))(?!.*\/\/)[^\\\0]{1,240}$/,
    'a path is relative, with forward slashes and without ..',
  )

export const BlueprintFiles = z.record(FilePath, BlueprintFile)
export type BlueprintFiles = z.infer<typeof BlueprintFiles>

export const bytesOf = (file: BlueprintFile): Buffer =>
  typeof file === 'string' ? Buffer.from(file, 'utf8') : Buffer.from(file.base64, 'base64')
export const textOf = (file: BlueprintFile): string =>
  typeof file === 'string' ? file : Buffer.from(file.base64, 'base64').toString('utf8')
