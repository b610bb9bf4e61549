/**
 * Secrets that are mounted as files: everything below one folder that whoever runs the server has named, one level
 * deep. They are read again every few seconds, as orchestrators replace them while we run. A link that leads out of
 * the folder is not followed, so that no other file of the machine becomes a key that is sent out.
 */
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { messageOf } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { SECOND } from '../../kernel/time.ts'

const LOOK_MS = 2 * SECOND
/** A service account's key has two to three thousand bytes. */
const MOST_BYTES = 64 * 1024

export type SecretFiles = {
  read(path: string): Secret | undefined
  /** The same for a whole path; undefined for one that is not below the folder. */
  readAt(path: string): Secret | undefined
  /** Names of the files of a folder, in order. */
  namesIn(folder: string): string[]
  /** Rises with each change. */
  readonly version: number
  /** Looks now instead of at the next turn. */
  refresh(): Promise<void>
  close(): void
}

/** @param folder undefined: there are none */
export async function openSecretFiles({
  folder,
  report,
}: {
  folder: string | undefined
  report: (thrown: unknown) => void
}): Promise<SecretFiles> {
  let files = new Map<string, string>()
  let version = 0
  let isSaid = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  async function refresh(): Promise<void> {
    if (folder === undefined) return
    try {
      const found = await readFolder(folder)
      isSaid = false
      if (isSame(files, found)) return
      files = found
      version += 1
    } catch (thrown) {
      // What was read last stays in force: a mount that is replaced is away for a moment.
      if (!isSaid) report(new Error(`The folder of mounted secrets cannot be read: ${messageOf(thrown)}`))
      isSaid = true
    }
  }
  const again = () => {
    if (isClosed) return
    timer = setTimeout(() => void refresh().finally(again), LOOK_MS)
    timer.unref()
  }

  await refresh()
  if (folder !== undefined) again()
  const read = (path: string): Secret | undefined => {
    const text = files.get(path)
    return text === undefined ? undefined : new Secret(text)
  }
  return {
    read,
    readAt: (path) => (folder === undefined ? undefined : read(relative(folder, path).split(sep).join('/'))),
    namesIn: (inside) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${inside}/`))
        .map((path) => path.slice(inside.length + 1))
        .sort(),
    get version() {
      return version
    },
    refresh,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

async function readFolder(folder: string): Promise<Map<string, string>> {
  const root = await realpath(folder)
  const files = new Map<string, string>()
  const look = async (inside: string, depth: number): Promise<void> => {
    for (const name of (await readdir(join(root, inside))).sort()) {
      // Kubernetes keeps its versions in `..data` and the like.
      if (name.startsWith('.')) continue
      const path = inside === '' ? name : `${inside}/${name}`
      try {
        const real = await realpath(join(root, path))
        if (!real.startsWith(root + sep)) continue
        const about = await stat(real)
        if (about.isDirectory() && depth === 0) await look(path, 1)
        else if (about.isFile() && about.size <= MOST_BYTES) files.set(path, (await readFile(real, 'utf8')).trim())
      } catch {
        // Replaced while it was looked at: the next turn sees it whole.
      }
    }
  }
  await look('', 0)
  return files
}

const isSame = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([path, text]) => other.get(path) === text)
