/** What a loss of power leaves of a folder, after a server that `synced-copy.ts` was loaded into was killed. */
import { copyFileSync, existsSync, fstatSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

/** Each file holds what was synced of it the last time; of one that never was, the name alone is left. */
export function losePower({ folder, copies }: { folder: string; copies: string }): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const copy = join(copies, identityOf(path))
    if (existsSync(copy)) copyFileSync(copy, path)
    else truncateSync(path)
  }
}

/** Which file it is, whatever its name; numbers of files that are gone are given to others. */
export function identityOf(file: string | number): string {
  const { ino, birthtimeNs } =
    typeof file === 'number' ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true })
  return `${ino}-${birthtimeNs}`
}
