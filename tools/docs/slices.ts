/** Every folder of `src/` that the plan lists, and that holds files, says in a README what it is. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DocCheck } from './repository.ts'

const Plan = z.object({ folders: z.record(z.string(), z.unknown()) })

/** Checks that the slices explain themselves. */
export const checkSlices: DocCheck = ({ root, read, exists }) => {
  const plan = read('architecture.json')
  if (plan === undefined)
    return { findings: [], notes: ['There is no architecture.json yet; READMEs of slices were not looked for.'] }
  const silent = Object.keys(Plan.parse(JSON.parse(plan)).folders).filter(
    (folder) =>
      folder.startsWith('src/') &&
      !exists(`${folder}/README.md`) &&
      globSync('**/*.ts', { cwd: join(root, folder) }).length > 0,
  )
  return {
    findings: silent.map((folder) => ({
      file: `${folder}/README.md`,
      line: 1,
      found: 'The folder has no README.',
      remedy: 'Write what it is, its words, its numbered rules and how to try it.',
    })),
  }
}
