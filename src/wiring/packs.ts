/** The data that comes with the program: catalogue of checks, prices, templates, recordings. Read once at the start. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GateCatalogue } from '../core/check.ts'
import { recordingsOf } from './recordings.ts'
import { readTemplates } from './templates.ts'

/** @param root the folder of the project */
export const readPacks = (root: string) => ({
  catalogue: GateCatalogue.parse(readJson(join(root, 'packs', 'gates', 'core.json'))),
  priceBook: readJson(join(root, 'packs', 'prices', 'core.json')),
  templates: readTemplates(join(root, 'templates')),
  recordings: recordingsOf(root),
})

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
