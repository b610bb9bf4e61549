/**
 * The form of a back-up: lines of JSON, gzipped. First a head, then rows, contents and spool files in any order, and at
 * the end a line with the digest of all lines before it, so that a file that was cut off or changed is refused.
 */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'

export const FORMAT = 'airworthy-backup/1'

export const Head = z.object({
  kind: z.literal('head'),
  format: z.literal(FORMAT, `this is no ${FORMAT}`),
  version: z.string(),
  at: Instant,
  engine: z.enum(['embedded', 'postgres']),
  /** The steps that had made the tables. */
  migrations: z.array(z.string()),
  /** Says whether a master key is the one that the rows were written under. */
  masterKeyCheck: z.string(),
})
export type Head = z.infer<typeof Head>

export const Line = z.discriminatedUnion('kind', [
  Head,
  z.object({ kind: z.literal('rows'), table: z.string(), rows: z.array(z.string()) }),
  /** A content that rows name by its digest, in parts. */
  z.object({
    kind: z.literal('blob'),
    digest: Digest,
    bytes: z.base64(),
    /** A person's data was taken out of it, so that it holds something else than its digest says. */
    erased: z.literal(true).optional(),
  }),
  /** Requests that were not in the database yet. */
  z.object({ kind: z.literal('spool'), name: z.string().regex(/^[\w-]+\.jsonl$/), bytes: z.base64() }),
  z.object({ kind: z.literal('end'), lines: z.number().int(), digest: z.string() }),
])
export type Line = z.infer<typeof Line>
