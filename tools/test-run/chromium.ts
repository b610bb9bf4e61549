/** The browser of the browser tests: the one that `AIRWORTHY_TEST_CHROMIUM` names, else a Chromium on the path. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The program to start, or undefined when this machine has none. */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment.AIRWORTHY_TEST_CHROMIUM
  if (named) return isProgram(named) ? named : undefined
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
