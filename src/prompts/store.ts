/** All SQL of prompts: versions, and which releases use them. */
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { PromptVersion } from './contract.ts'

export const PromptVersionRow = PromptVersion.extend({ organisation: Organisation })
export type PromptVersionRow = z.infer<typeof PromptVersionRow>

export const PromptUseRow = z.object({
  organisation: Organisation,
  application: Name,
  name: z.string(),
  digest: Digest,
  release: ReleaseId,
  at: Instant,
})
export type PromptUseRow = z.infer<typeof PromptUseRow>

export const promptsTables = tablesOf({ promptVersions: PromptVersionRow, promptUses: PromptUseRow })

type Scope = { organisation: string; application: string }

/** Newest first. */
export const listVersionRows = (
  db: Database | Tx,
  { organisation, application }: Scope,
  name?: string,
): Promise<PromptVersionRow[]> => {
  const all = promptsTables(db)
    .selectFrom('promptVersions')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application as PromptVersionRow['application'])
    .orderBy('name')
    .orderBy('number', 'desc')
  return (name === undefined ? all : all.where('name', '=', name)).execute()
}

/** Newest first. */
export const listUses = (
  db: Database,
  { organisation, application }: Scope,
  name?: string,
): Promise<PromptUseRow[]> => {
  const all = promptsTables(db)
    .selectFrom('promptUses')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application as PromptUseRow['application'])
    .orderBy('at', 'desc')
    .orderBy('release', 'desc')
  return (name === undefined ? all : all.where('name', '=', name)).execute()
}

export async function saveVersion(tx: Tx, row: PromptVersionRow): Promise<void> {
  await promptsTables(tx)
    .insertInto('promptVersions')
    .values({ ...row, frontMatter: json(row.frontMatter), partials: row.partials && json(row.partials) })
    .execute()
}

export async function saveUse(tx: Tx, row: PromptUseRow): Promise<void> {
  await promptsTables(tx)
    .insertInto('promptUses')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
