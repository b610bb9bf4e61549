/**
 * A prompt in other words that should not matter: another order of its examples, other white space, separators and case
 * of its labels, more or less polite, with another verb. Rules of words are English. Deterministic: the same prompt gives
 * the same wordings.
 *
 * Invariants: placeholders, partials, helpers, code and the front matter stay as they are, but for the order of the
 * examples that are frozen with the prompt; a rule that finds nothing to change gives nothing.
 */
import { z } from 'zod'
import { mapWords, shownPairs, tagsOf, turnBlocks } from './template.ts'

export const WORDINGS = ['example-order', 'whitespace', 'separators', 'label-case', 'politeness', 'verb'] as const
export const Wording = z.enum(WORDINGS)
export type Wording = z.infer<typeof Wording>

export type Template = { readonly frontMatter: Readonly<Record<string, unknown>>; readonly body: string }

/** The prompt in other words; undefined when the rule changes nothing of it. */
export function worded({ frontMatter, body }: Template, kind: Wording): Template | undefined {
  const other =
    kind === 'example-order'
      ? { frontMatter: examplesTurned(frontMatter), body: examplesReversed(body) }
      : { frontMatter, body: RULES[kind](body) }
  const isSame = other.body === body && other.frontMatter === frontMatter
  return isSame || !keepsTags(body, other.body) ? undefined : other
}

/** Whether both have the same placeholders, helpers and partials; of examples that change places in another order. */
const keepsTags = (one: string, other: string): boolean =>
  tagsOf(one).toSorted().join('\n') === tagsOf(other).toSorted().join('\n')

const RULES: Readonly<Record<Exclude<Wording, 'example-order'>, (body: string) => string>> = {
  whitespace: (body) =>
    mapWords(body, (words) => words.replace(/\n{2,}/g, (lines) => `${lines}\n`).replace(/(?<=[.!?:]) (?=\S)/g, '  ')),
  separators: (body) => mapWords(body, separated),
  'label-case': (body) => mapWords(body, (words) => words.replace(LABEL, turnedCase)),
  politeness,
  verb: (body) =>
    mapWords(body, (words) => words.replace(VERB, (_, before, verb) => `${before}${SYNONYMS[verb] ?? verb}`)),
}

/** A line of the same signs between sections becomes one of other signs; where there is none, an empty line becomes one. */
const RULE = /^(-{3,}|={3,}|\*{3,}|_{3,}|#{3,})[ \t]*$/gm
function separated(words: string): string {
  const turned = words.replace(RULE, (line) => (line.startsWith('-') ? '===' : '---'))
  return turned === words ? words.replace(/(?<=\S)[ \t]*\n{2,}(?=\S)/g, '\n\n---\n\n') : turned
}

/** A heading of Markdown, or a few words before a colon at the beginning of a line. */
const LABEL = /^(#{1,6} .+|[A-Za-z][A-Za-z ]{0,38}:(?=\s|$))/gm
function turnedCase(label: string): string {
  if (label !== label.toUpperCase()) return label.toUpperCase()
  const small = label.toLowerCase()
  return small.replace(/[a-z]/, (letter) => letter.toUpperCase())
}

/** Other verbs for the same order. */
const SYNONYMS: Readonly<Record<string, string>> = {
  Use: 'Rely on',
  Write: 'Compose',
  Give: 'Provide',
  Provide: 'Give',
  Return: 'Output',
  Output: 'Return',
  Reply: 'Respond',
  Respond: 'Reply',
  Answer: 'Respond to',
  List: 'Enumerate',
  Choose: 'Select',
  Select: 'Choose',
  Classify: 'Categorise',
  Categorise: 'Classify',
  Categorize: 'Classify',
  Find: 'Identify',
  Identify: 'Find',
  Summarise: 'Sum up',
  Summarize: 'Sum up',
  Explain: 'Make clear',
  Say: 'State',
  State: 'Say',
  Decide: 'Determine',
  Determine: 'Decide',
  Create: 'Make',
  Generate: 'Produce',
  Produce: 'Generate',
  Extract: 'Pull out',
  Translate: 'Render',
  Ensure: 'Make sure',
  Avoid: 'Keep from',
}
/** Orders that can be asked for politely and have no other verb here. */
const PLAIN_VERBS = [
  'Do',
  'Keep',
  'Be',
  'Tell',
  'Think',
  'Read',
  'Act',
  'Follow',
  'Treat',
  'Put',
  'Name',
  'Sort',
  'Describe',
]
/** Where a sentence begins: a line, a list item, or behind the end of another one. */
const BEGIN = '((?:^|\\n)[ \\t]*(?:[-*] +|\\d+[.)] +)?|[.!?] +)'
// “Answer with” and “Answer in” have no object; “Respond to with” would say nothing.
const VERB = new RegExp(
  `${BEGIN}(${Object.keys(SYNONYMS)
    .map((verb) => (verb === 'Answer' ? 'Answer(?= (?:the|this|that|these|each|every|all|any|my|a|an) )' : verb))
    .join('|')})(?= )`,
  'g',
)
const ORDER = new RegExp(`${BEGIN}(${[...Object.keys(SYNONYMS), ...PLAIN_VERBS].join('|')})(?= )`)

/** Takes every please away; where there is none, the first order is asked for politely. */
function politeness(body: string): string {
  const plain = mapWords(body, (words) =>
    words.replace(/\bPlease,? ([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/,? please\b/g, ''),
  )
  if (plain !== body) return plain
  let isDone = false
  return mapWords(body, (words) => {
    if (isDone) return words
    const asked = words.replace(ORDER, (_, before, verb) => `${before}Please ${verb.toLowerCase()}`)
    isDone = asked !== words
    return asked
  })
}

/** Rows of a dataset that are frozen with the prompt, the last first. */
function examplesTurned(frontMatter: Template['frontMatter']): Template['frontMatter'] {
  const input = frontMatter.input as { default?: { examples?: unknown } } | undefined
  const shown = input?.default?.examples
  if (frontMatter.examples === undefined || !Array.isArray(shown) || shown.length < 2) return frontMatter
  return { ...frontMatter, input: { ...input, default: { ...input?.default, examples: shown.toReversed() } } }
}

/** Turns that show how it is answered, and paragraphs that begin as examples do, the last first. */
function examplesReversed(body: string): string {
  const turns = turnsReversed(body)
  return turns === body ? mapWords(body, paragraphsReversed) : turns
}

function turnsReversed(body: string): string {
  const blocks = turnBlocks(body)
  const pairs = shownPairs(blocks)
  const shown = pairs.map((at) => `${blocks[at]?.text}${blocks[at + 1]?.text}`)
  return blocks
    .map(({ text }, at) => {
      const place = pairs.indexOf(at)
      return place >= 0 ? shown[shown.length - 1 - place] : pairs.includes(at - 1) ? '' : text
    })
    .join('')
}

const EXAMPLE = /^(\n*(?:Q|Question|Input|Example|User|Customer)(?: \d+)?:)([\s\S]*\S[\s\S]*)$/
/** Numbers of examples stay where they are. One that a placeholder may go on with is none. */
function paragraphsReversed(words: string): string {
  const parts = words.split(/(\n{2,})/)
  const shown = parts.flatMap((part, place) => {
    const [, label, rest] = EXAMPLE.exec(part) ?? []
    const isOpen = place === parts.length - 1 && !part.endsWith('\n')
    return label === undefined || rest === undefined || isOpen ? [] : [{ place, label, rest }]
  })
  if (shown.length < 2) return words
  return parts
    .map((part, place) => {
      const index = shown.findIndex((one) => one.place === place)
      const rest = shown.at(-1 - index)?.rest ?? ''
      // A line break behind the last one belongs to its place.
      return index < 0 ? part : `${shown[index]?.label}${rest.trimEnd()}${/\s*$/.exec(part)?.[0] ?? ''}`
    })
    .join('')
}
