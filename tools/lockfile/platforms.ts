/**
 * Packages of other platforms in `package-lock.json`.
 *
 * npm leaves out an optional package that its registry does not serve, and then `npm ci` refuses the lockfile
 * everywhere, even on the platforms that need none of them. So each exact optional dependency has an entry here,
 * with its platform told from its name. Such an entry carries no digest; npm fetches it only on that platform.
 */
import { z } from 'zod'

const Entry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})

/** A lockfile as far as we read it; what we do not read is kept. */
export const Lockfile = z.looseObject({ packages: z.record(z.string(), Entry) })
export type Lockfile = z.infer<typeof Lockfile>

/** An optional package without an entry, and who asks for it. */
export type Absent = { name: string; version: string; askedBy: string }

/** Optional packages of an exact version that no entry answers. */
export function absentPlatforms({ packages }: Lockfile): Absent[] {
  return Object.entries(packages)
    .sort(([a], [b]) => depth(a) - depth(b))
    .flatMap(([askedBy, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        .filter(([name, version]) => /^\d/.test(version) && entryFor(packages, askedBy, name)?.version !== version)
        .map(([name, version]) => ({ name, version, askedBy })),
    )
}

/** The lockfile with an entry for each of them. An entry that moves aside for another version is added again. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const absent = absentPlatforms(lockfile)
  if (absent.length === 0) return lockfile
  const packages = { ...lockfile.packages }
  for (const { name, version, askedBy } of absent) {
    const top = `node_modules/${name}`
    const beside = askedBy.slice(0, askedBy.lastIndexOf('node_modules/')) + top
    const dev = packages[askedBy]?.dev
    packages[packages[top] ? beside : top] = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true }
  }
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  return completeLockfile({ ...lockfile, packages: sorted })
}

const depth = (path: string): number => path.split('node_modules/').length

/** The entry that a package sees under a name: its own, or that of the nearest folder above. */
function entryFor(packages: Lockfile['packages'], askedBy: string, name: string): z.infer<typeof Entry> | undefined {
  for (let at = askedBy; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const entry = packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]
    if (entry || at === '') return entry
  }
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const words = name.split(/[-/]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : []
  return { ...(os.length > 0 ? { os } : {}), ...(cpu.length > 0 ? { cpu } : {}), ...(libc.length > 0 ? { libc } : {}) }
}
