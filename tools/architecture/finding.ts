/** What a rule found: where, which rule, what is wrong, and what to do about it. */
export type Finding = { file: string; line: number; rule: Rule; found: string; remedy: string }

/** The names of the rules, as they are printed. */
export type Rule =
  | 'place'
  | 'edge'
  | 'front-door'
  | 'tests-only'
  | 'package'
  | 'pure-core'
  | 'clock'
  | 'environment'
  | 'network'
  | 'sql'
  | 'tables'
  | 'circle'
  | 'length'
  | 'name'
  | 'export'
  | 'picture'

/** One line for a terminal; editors open `file:line` by a click. */
export const printFinding = ({ file, line, rule, found, remedy }: Finding): string =>
  `${file}:${line}  ${rule}  ${found} ${remedy}`

/** Findings in reading order: by file, then by line. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
