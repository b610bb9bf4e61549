/** The lockfile names versions and digests but no address, so that an install asks the reader's own registry. */
import { absentPlatforms, Lockfile } from '../lockfile/platforms.ts'
import type { DocCheck, DocFinding } from './repository.ts'

const settings = ['omit-lockfile-registry-resolved=true', 'save-exact=true']

/** Checks `package-lock.json` and the two settings of `.npmrc` that keep it so. */
export const checkLockfile: DocCheck = ({ read }) => {
  const lines = (read('.npmrc') ?? '').split('\n').map((line) => line.replaceAll(/\s/g, ''))
  return {
    findings: [
      ...settings
        .filter((setting) => !lines.includes(setting))
        .map((setting) => ({ file: '.npmrc', line: 1, found: `${setting} is missing.`, remedy: 'Add the line.' })),
      ...judgeLockfile(read('package-lock.json')),
    ],
  }
}

function judgeLockfile(text: string | undefined): DocFinding[] {
  const remedy = 'Run `npm install` with the .npmrc of this repository and commit the lockfile.'
  const find = (found: string): DocFinding => ({ file: 'package-lock.json', line: 1, found, remedy })
  if (text === undefined) return [find('There is no lockfile.')]
  const lockfile = Lockfile.parse(JSON.parse(text))
  const absent = absentPlatforms(lockfile).map(({ name }) => ({
    ...find(`${name} is missing, for which \`npm ci\` refuses the lockfile.`),
    remedy: 'Run `node tools/complete-lockfile.ts`.',
  }))
  const addresses = Object.entries(lockfile.packages).flatMap(([name, { funding: _f, deprecated: _d, ...entry }]) => {
    if ('resolved' in entry && entry.link !== true) return [find(`${name} says where it was downloaded.`)]
    return /https?:\/\//.test(JSON.stringify(entry)) ? [find(`${name} holds an address.`)] : []
  })
  return [...addresses, ...absent]
}
