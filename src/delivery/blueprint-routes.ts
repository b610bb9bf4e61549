/** Routes of blueprints: the whole, one file of it, and its mistakes. */
import { z } from 'zod'
import { BlueprintFiles, FilePath } from '../core/blueprint/files.ts'
import { Name } from '../core/names.ts'
import { Digest } from '../kernel/digest.ts'
import { route } from '../wire/route.ts'
import { ServedApplication } from './served.ts'

const MEBIBYTE = 1024 * 1024
const oneApplication = z.object({ name: Name })

const ProblemItem = z.object({
  field: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
})

export const putBlueprint = route({
  name: 'putBlueprint',
  method: 'PUT',
  path: '/api/v1/applications/:name/blueprint',
  summary: 'Replace the whole blueprint; refused with every mistake when it does not parse',
  permission: 'build',
  params: oneApplication,
  maxBodyBytes: 32 * MEBIBYTE,
  body: z.strictObject({
    files: BlueprintFiles,
    /** Paths that stay as they are stored: files that are too large for one document. */
    keep: z.array(FilePath).optional(),
  }),
  returns: { 200: ServedApplication },
})

export const getBlueprint = route({
  name: 'getBlueprint',
  method: 'GET',
  path: '/api/v1/applications/:name/blueprint',
  summary: 'Read the files of the blueprint',
  permission: 'view',
  mcp: true,
  params: oneApplication,
  returns: {
    200: z.object({
      files: BlueprintFiles,
      /** Over what the files mean: comments change nothing. */
      digest: Digest,
      /** Over the bytes of all files, also in `etag`; sent as `If-Match` it keeps others' changes from being lost. */
      bytes: Digest,
    }),
  },
})

export const putBlueprintFile = route({
  name: 'putBlueprintFile',
  method: 'PUT',
  path: '/api/v1/applications/:name/blueprint/files/:path*',
  summary: 'Add or replace one file of the blueprint; the body is the file itself',
  permission: 'build',
  mcp: true,
  params: oneApplication.extend({ path: FilePath }),
  accepts: ['application/octet-stream'],
  maxBodyBytes: 256 * MEBIBYTE,
  returns: { 200: ServedApplication },
})

export const checkBlueprint = route({
  name: 'checkBlueprint',
  method: 'POST',
  path: '/api/v1/applications/:name/blueprint/check',
  summary: 'Find every mistake in a blueprint without keeping it; without files the stored one',
  permission: 'build',
  mcp: true,
  params: oneApplication,
  maxBodyBytes: 32 * MEBIBYTE,
  body: z.strictObject({ files: BlueprintFiles.optional() }),
  returns: {
    200: z.object({
      ok: z.boolean(),
      digest: Digest.nullable(),
      problems: z.array(ProblemItem),
      /** What is likely wrong and stops nothing, each with a stable code. */
      warnings: z.array(ProblemItem.extend({ code: z.string(), severity: z.string() })),
    }),
  },
})
