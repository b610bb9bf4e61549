/** Effects have one door each: the clock and chance in `kernel`, settings in `config.ts`, and none at all in `core`. */
import { isBuiltin } from 'node:module'
import type { Finding, Rule } from '../finding.ts'
import type { Mention, Source } from '../source.ts'
import { isProduct, type Survey } from '../survey.ts'

/** Findings of `pure-core`, `clock` and `environment`. */
export function checkEffects(survey: Survey): Finding[] {
  return survey.sources
    .filter((source) => isProduct(survey, source))
    .flatMap((source) => [
      ...(source.path.startsWith('src/core/') ? impurities(source) : []),
      ...(/^src\/(kernel|core)\//.test(source.path) ? [] : clocks(source)),
      ...(source.path === 'src/config.ts' ? [] : settings(source)),
    ])
}

const impure =
  /^(?:Date|process|console|fetch|performance|crypto|setTimeout|setInterval|setImmediate|queueMicrotask|WebSocket|localStorage)$/
const clock =
  /^(?:Date\.now|new Date\(\)|Date\(\)|Math\.random|performance\.now|performance\.timeOrigin|process\.hrtime|process\.uptime|Temporal\.Now|crypto\.(?:random\w*|getRandomValues))$/
const chance = /^(?:random\w*|getRandomValues|webcrypto)$/

function impurities(source: Source): Finding[] {
  const builtins = source.imports.filter(({ specifier, typeOnly }) => isBuiltin(specifier) && !typeOnly)
  return [
    ...builtins.map(({ line, specifier }) =>
      find(source, 'pure-core', { line, name: specifier }, 'Core is pure. Take the result as an argument.'),
    ),
    ...once(source.globals)
      .filter(({ name }) => impure.test(name) || name === 'Math.random')
      .map((mention) => find(source, 'pure-core', mention, 'Core is pure. Take the value as an argument.')),
  ]
}

function clocks(source: Source): Finding[] {
  const remedy = 'Take a clock or a source of ids and chance from src/kernel as an argument.'
  const imported = source.imports
    .filter(({ specifier }) => /^(?:node:)?crypto$/.test(specifier))
    .flatMap(({ line, values }) => values.filter((name) => chance.test(name)).map((name) => ({ line, name })))
  const cryptoMembers = source.members.filter(({ name }) =>
    /^crypto\.(?:random\w*|getRandomValues|webcrypto)$/.test(name),
  )
  const timers = source.imports
    .filter(({ specifier }) => /^(?:node:)?perf_hooks$/.test(specifier))
    .flatMap(({ line, values }) => values.filter((name) => name === 'performance').map((name) => ({ line, name })))
  return once([...source.globals.filter(({ name }) => clock.test(name)), ...imported, ...cryptoMembers, ...timers]).map(
    (mention) => find(source, 'clock', mention, remedy),
  )
}

function settings(source: Source): Finding[] {
  const imported = source.imports
    .filter(({ specifier }) => /^(?:node:)?process$/.test(specifier))
    .flatMap(({ line, values }) => values.filter((name) => name === 'env').map((name) => ({ line, name })))
  const read = [...source.members, ...source.globals].filter(
    ({ name }) => name === 'process.env' || name === 'import.meta.env',
  )
  return once([...read, ...imported]).map((mention) =>
    find(source, 'environment', mention, 'Read it in src/config.ts and pass it on as a setting.'),
  )
}

const find = ({ path }: Source, rule: Rule, { line, name }: Mention, remedy: string): Finding => ({
  file: path,
  line,
  rule,
  found: `Uses ${name}.`,
  remedy,
})

const once = (mentions: readonly Mention[]): Mention[] => [
  ...new Map(mentions.map((mention) => [`${mention.line} ${mention.name}`, mention])).values(),
]
