/** The templates that an application can start from: the folders of `templates/`, read once at the start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { BlueprintFiles } from '../core/blueprint/files.ts'

export type Template = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly files: BlueprintFiles
}

export function readTemplates(folder: string): Template[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const files = filesBelow(join(folder, name))
      const description = /^description:\s*(.+)$/m.exec(String(files['airworthy.yaml'] ?? ''))?.[1] ?? name
      return { name, title: name.replaceAll('-', ' '), description, files }
    })
}

function filesBelow(folder: string): BlueprintFiles {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  )
}
