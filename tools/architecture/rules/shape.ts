/** The shape of files: short, well named, and with a named list of exports. */
import type { Finding, Rule } from '../finding.ts'
import { lists } from '../house.ts'
import type { Source } from '../source.ts'
import type { Survey } from '../survey.ts'

/** Findings of `length`, `name` and `export`. */
export const checkShape = ({ sources, house }: Survey): Finding[] =>
  sources.flatMap((source) => [
    ...(lists(house.generated, source.path) ? [] : tooLong(source)),
    ...badNames(source),
    ...badExports(source),
  ])

/** Files over the length that we aim at, longest first: worth a thought, no finding. */
export const longFiles = ({ sources, house }: Survey): Source[] =>
  sources
    .filter(({ path, lines, isTest }) => lines > 150 && !isTest && !lists(house.generated, path))
    .sort((a, b) => b.lines - a.lines)

const forbidden = /^(?:.+-)?(?:utils?|helpers?)$|^(?:common|types|misc)$/

function tooLong(source: Source): Finding[] {
  const most = source.isTest ? 400 : 300
  if (source.lines <= most) return []
  return [find(source, 1, 'length', `Has ${source.lines} lines; ${most} are the most.`, 'Split it by idea.')]
}

function badNames(source: Source): Finding[] {
  const bad = source.path.split('/').find((part) => forbidden.test(part.replace(/(?:\.test)?\.tsx?$/, '')))
  if (bad === undefined) return []
  return [find(source, 1, 'name', `"${bad}" says nothing about what is inside.`, 'Name it for its one idea.')]
}

const badExports = (source: Source): Finding[] => [
  ...(/\.config\.ts$/.test(source.path) ? [] : source.defaultExports).map((line) =>
    find(source, line, 'export', 'Has a default export.', 'Export it by name.'),
  ),
  ...source.starExports.map((line) =>
    find(source, line, 'export', 'Exports everything of another file.', 'List the names.'),
  ),
]

const find = ({ path }: Source, line: number, rule: Rule, found: string, remedy: string): Finding => ({
  file: path,
  line,
  rule,
  found,
  remedy,
})
