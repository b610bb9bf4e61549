/**
 * The anchor of the audit log: its count and last digest in a file outside the database.
 *
 * Whoever puts the whole database back to an earlier state, head included, is found by it. It lies in the data folder
 * by default; on another disk, or one that is only appended to, it holds against more people.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'
import { writeWholeSync } from '../store/whole-file.ts'
import type { HmacOf } from './secrets.ts'

export const Anchor = z.object({
  organisation: z.string(),
  /** How many entries the log had. */
  entries: z.number().int(),
  /** Digest of the last of them. */
  digest: Digest.nullable(),
  at: Instant,
})
export type Anchor = z.infer<typeof Anchor>

const Written = Anchor.extend({ about: z.string(), seal: z.string() })

export type AnchorRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'there'; readonly anchor: Anchor }
  /** It cannot be read, or was not written by this installation. */
  | { readonly kind: 'unreadable'; readonly why: string }

export type AnchorFile = { readonly path: string; read(): AnchorRead; write(anchor: Anchor): void }

export function anchorFile({ path, hmacOf }: { path: string; hmacOf: HmacOf }): AnchorFile {
  const sealOf = ({ organisation, entries, digest, at }: Anchor) =>
    hmacOf('audit-anchor', `${organisation} ${entries} ${digest} ${at}`)
  return {
    path,
    read() {
      let text: string
      try {
        text = readFileSync(path, 'utf8')
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' }
        return { kind: 'unreadable', why: `The anchor ${path} cannot be read: ${(thrown as Error).message}.` }
      }
      const parsed = Written.safeParse(parse(text))
      if (!parsed.success || sealOf(parsed.data) !== parsed.data.seal)
        return { kind: 'unreadable', why: `The anchor ${path} was not written by this installation.` }
      const { about: _, seal: __, ...anchor } = parsed.data
      return { kind: 'there', anchor }
    },
    /** Whole or not at all, also when the power goes. */
    write(anchor) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const about = 'How far the audit log of Airworthy went. Keep it: it shows when the log was cut.'
      writeWholeSync(path, `${JSON.stringify({ about, ...anchor, seal: sealOf(anchor) })}\n`)
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
