/**
 * Adds what npm left out of `package-lock.json`: `node tools/complete-lockfile.ts`, after each `npm install`
 * against a registry that does not serve every platform. `npm run check:docs` says when it is needed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { absentPlatforms, completeLockfile, Lockfile } from './lockfile/platforms.ts'

const lockfile = Lockfile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
const absent = absentPlatforms(lockfile)
if (absent.length > 0) writeFileSync('package-lock.json', `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`)
console.log(`${absent.length} packages of other platforms added to package-lock.json`)
