/**
 * Writes what the program consists of as CycloneDX JSON: `npm run sbom`, at a release. npm reads it from the lockfile;
 * the name is ours whatever the folder is called, and nothing says where a package was downloaded.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const Manifest = z.object({ name: z.string(), version: z.string() })
const Part = z.looseObject({ externalReferences: z.array(z.looseObject({ type: z.string() })).optional() })
const Bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: Part }),
  components: z.array(Part).min(1),
})

const { name, version } = Manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
const words = [
  'sbom',
  '--sbom-format',
  'cyclonedx',
  '--sbom-type',
  'application',
  '--omit',
  'dev',
  '--package-lock-only',
]
const bill = Bill.parse(
  JSON.parse(execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
)
const withoutSource = (part: z.infer<typeof Part>) => ({
  ...part,
  externalReferences: part.externalReferences?.filter(({ type }) => type !== 'distribution') ?? [],
})
const file = `${name}-${version}.cdx.json`
const whole = {
  ...bill,
  metadata: { ...bill.metadata, component: { ...withoutSource(bill.metadata.component), name } },
  components: bill.components.map(withoutSource),
}
const text = `${JSON.stringify(whole, null, 2)}\n`
if (/https?:\/\/[^"]*registry/.test(text)) throw new Error(`${file} would say where a package was downloaded.`)
writeFileSync(join(ROOT, file), text)
console.log(`${file} names ${bill.components.length} components.`)
