/**
 * The picture of the house in ARCHITECTURE.md, drawn from the imports that exist.
 *
 * Lines are rounded to hundreds, so that the picture changes when the house does and not with every commit.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from './finding.ts'
import type { Survey } from './survey.ts'

/** Whether the picture in ARCHITECTURE.md is the present one. No file, or no markers in it, asks for nothing. */
export function checkPicture(survey: Survey): Finding[] {
  const parts = openFrame(survey.root)
  if (!parts || parts.picture === drawPicture(survey)) return []
  const remedy = 'Run `npm run check:architecture -- --write`.'
  return [
    { file: 'ARCHITECTURE.md', line: parts.line, rule: 'picture', found: 'The picture is not up to date.', remedy },
  ]
}

/** Puts the present picture between the markers; says whether there were any. */
export function writePicture(survey: Survey): boolean {
  const parts = openFrame(survey.root)
  if (!parts) return false
  writeFileSync(join(survey.root, 'ARCHITECTURE.md'), parts.before + drawPicture(survey) + parts.after)
  return true
}

const opening = '<!-- picture:start -->'
const closing = '<!-- picture:end -->'

function openFrame(root: string): { before: string; picture: string; after: string; line: number } | undefined {
  const file = join(root, 'ARCHITECTURE.md')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const from = text.indexOf(opening) + opening.length
  const to = text.indexOf(closing)
  if (from < opening.length || to < from) return undefined
  const before = text.slice(0, from)
  return { before, picture: text.slice(from, to), after: text.slice(to), line: before.split('\n').length }
}

function drawPicture(survey: Survey): string {
  const rows = roomsOf(survey)
  const ground = new Set(survey.house.byFile)
  const walls = rows.filter(({ name, folder }) => !ground.has(name) && !folder.uses.includes('*') && !folder.testsOnly)
  const drawn = new Set(walls.map(({ name }) => name))
  const arrows = walls.flatMap(({ name, uses }) =>
    uses.filter((to) => drawn.has(to)).map((to) => `  ${idOf(name)} --> ${idOf(to)}`),
  )
  const below = rows
    .filter(({ name, folder }) => ground.has(name) && !folder.testsOnly)
    .map(({ name }) => `\`${name}\``)
  return [
    '',
    '',
    '```mermaid',
    'graph TD',
    ...walls.map(({ name }) => `  ${idOf(name)}["${name.replace(/^src\//, '')}"]`),
    ...arrows,
    '```',
    '',
    ...(below.length > 0 ? [`Arrows into ${below.join(', ')}, on which all stand, are left out.`, ''] : []),
    '| folder | files | lines | uses |',
    '|---|---:|---:|---|',
    ...rows.map(
      ({ name, files, lines, uses }) => `| \`${name}\` | ${files} | ${lines} | ${uses.map(short).join(', ') || '-'} |`,
    ),
    '',
    '',
  ].join('\n')
}

type Room = {
  name: string
  folder: { uses: readonly string[]; testsOnly: boolean }
  files: number
  lines: number
  uses: string[]
}

/** The folders and listed files that exist, with what they import in fact; tests are not counted. */
function roomsOf({ house, sources, edges, placeOf }: Survey): Room[] {
  const inside = Map.groupBy(
    sources.filter(({ isTest }) => !isTest),
    ({ path }) => placeOf(path)?.name,
  )
  const leaving = Map.groupBy(
    edges.filter(({ from }) => !from.isTest),
    ({ from }) => placeOf(from.path)?.name,
  )
  return Object.entries({ ...house.folders, ...house.files }).flatMap(([name, folder]) => {
    const files = inside.get(name) ?? []
    if (files.length === 0) return []
    const uses = new Set((leaving.get(name) ?? []).flatMap(({ to }) => placeOf(to.path)?.name ?? []))
    uses.delete(name)
    const lines = Math.ceil(files.reduce((sum, file) => sum + file.lines, 0) / 100) * 100
    return [{ name, folder, files: files.length, lines, uses: [...uses].sort() }]
  })
}

const idOf = (name: string): string => name.replaceAll(/\W/g, '_')
const short = (name: string): string => name.replace(/^src\//, '')
