/** The packages that this program consists of, as npm wrote them down when it was installed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Component, npmComponent } from '../models/index.ts'

const Lock = z.object({
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional(), dev: z.boolean().optional() })),
})

/** None when npm left no list, which is not the same as no packages. @param root the folder of the project */
export function ownPackages(root: string): Component[] {
  // Beside this program when it was installed as a package of something else.
  const lists = [join(root, 'node_modules'), join(root, '..')].map((folder) => join(folder, '.package-lock.json'))
  const [lock] = [...lists, join(root, 'package-lock.json')].flatMap((path) => {
    try {
      return [Lock.parse(JSON.parse(readFileSync(path, 'utf8')))]
    } catch {
      return []
    }
  })
  const found = Object.entries(lock?.packages ?? {}).flatMap(([place, { version, dev }]): Component[] => {
    const name = place.split('node_modules/').at(-1) ?? ''
    return name === '' || version === undefined || dev ? [] : [npmComponent(name, version)]
  })
  return [...new Map(found.map((one) => [`${one.name}@${one.version}`, one])).values()]
}
