/**
 * JUnit XML as a run: every test with its suite and outcome, and the share that passed.
 *
 * There is no schema that all runners keep; what is read is what they share. The text is gone through once, entities
 * of its own are not taken, and what is no XML is refused with its line.
 */
import { digestOfBytes } from '../../kernel/digest.ts'
import { wilson } from '../../kernel/statistics/index.ts'
import { instantOf } from '../../kernel/time.ts'
import type { OutsideTest, ReadRun } from './row.ts'
import { unreadable } from './unreadable.ts'

const MOST_TESTS = 5_000
const MOST_CHARACTERS = 500
const TAG = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const OUTCOMES = { failure: 'failed', error: 'broken', skipped: 'skipped' } as const
const SKIPPED: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
]

export function readJunit(content: string): ReadRun {
  const { tests, suites, properties, startedAt } = walk(content)
  if (tests.length === 0) throw unreadable('junit', 'it has no <testcase>, so nothing was tested.')
  const many = (outcome: OutsideTest['outcome']) => tests.filter((one) => one.outcome === outcome).length
  const counts = { passed: many('passed'), failed: many('failed'), broken: many('broken'), skipped: many('skipped') }
  const n = tests.length - counts.skipped
  const { low, high } = n === 0 ? { low: null, high: null } : wilson({ successes: counts.passed, n })
  const known = tests.flatMap(({ seconds }) => seconds ?? [])
  const figure = { low: null, high: null, n: null, step: 0, at: startedAt }
  const ordered = [
    ...tests.filter(({ outcome }) => outcome !== 'passed'),
    ...tests.filter((one) => one.outcome === 'passed'),
  ]
  return {
    producer: { name: 'junit', version: 'xml' },
    run: digestOfBytes(content),
    name: suites.slice(0, 3).join(', ') || 'tests',
    state: 'finished',
    startedAt,
    finishedAt: null,
    figures: [
      { ...figure, name: 'passed', value: n === 0 ? null : counts.passed / n, low, high, n },
      ...(known.length > 0
        ? [{ ...figure, name: 'seconds', value: known.reduce((sum, one) => sum + one, 0), n: known.length }]
        : []),
    ],
    parameters: properties,
    tags: {},
    datasets: [],
    tests: ordered.slice(0, MOST_TESTS),
    counts,
  }
}

type Walked = {
  tests: OutsideTest[]
  suites: string[]
  properties: Record<string, string>
  startedAt: ReadRun['startedAt']
}
type Open = { tag: string; name: string; test?: OutsideTest }

function walk(content: string): Walked {
  const walked: Walked = { tests: [], suites: [], properties: {}, startedAt: null }
  const open: Open[] = []
  const lineOf = (at: number) => content.slice(0, at).split('\n').length
  let at = 0
  while (true) {
    const next = content.indexOf('<', at)
    addText(open, content.slice(at, next === -1 ? undefined : next))
    if (next === -1) break
    at = next
    const skipped = SKIPPED.find(([begin]) => content.startsWith(begin, at))
    const isRaw = content.startsWith('<![CDATA[', at)
    if (skipped || isRaw) {
      const end = skipped?.[1] ?? ']]>'
      const close = content.indexOf(end, at)
      if (close === -1) throw unreadable('junit', `line ${lineOf(at)} begins something that does not end.`)
      if (isRaw) addText(open, content.slice(at + '<![CDATA['.length, close), { isRaw })
      at = close + end.length
      continue
    }
    TAG.lastIndex = at
    const found = TAG.exec(content)
    if (!found) throw unreadable('junit', `line ${lineOf(at)} holds no tag that can be read.`)
    const [whole, isEnd, tag = '', attributes = '', isEmpty] = found
    if (isEnd) {
      const last = open.pop()
      if (last?.tag !== tag) throw unreadable('junit', `line ${lineOf(at)} closes <${tag}>, which is not open there.`)
    } else {
      const begun = begin(walked, open, tag, attributesOf(attributes))
      if (!isEmpty) open.push(begun)
    }
    at += whole.length
  }
  const [left] = open
  if (left) throw unreadable('junit', `<${left.tag}> is not closed: the file is cut off.`)
  return walked
}

function begin(walked: Walked, open: readonly Open[], tag: string, given: ReadonlyMap<string, string>): Open {
  const name = given.get('name') ?? ''
  const inside = open.at(-1)
  if (open.length === 0 && tag !== 'testsuites' && tag !== 'testsuite')
    throw unreadable('junit', `it begins with <${tag}> and not with <testsuites> or <testsuite>.`)
  if (tag === 'testsuite') {
    if (name !== '' && !walked.suites.includes(name)) walked.suites.push(name)
    walked.startedAt ??= instantFrom(given.get('timestamp'))
  } else if (tag === 'property' && !open.some((one) => one.tag === 'testcase')) {
    walked.properties[name] = given.get('value') ?? ''
  } else if (tag === 'testcase') {
    const suite = open.findLast((one) => one.tag === 'testsuite')?.name || (given.get('classname') ?? '')
    const seconds = Number.parseFloat((given.get('time') ?? '').replaceAll(',', ''))
    const test: OutsideTest = {
      suite,
      name,
      outcome: 'passed',
      seconds: Number.isFinite(seconds) ? seconds : null,
      message: '',
    }
    walked.tests.push(test)
    return { tag, name, test }
  } else if (inside?.test && Object.hasOwn(OUTCOMES, tag)) {
    const { test } = inside
    const outcome = OUTCOMES[tag as keyof typeof OUTCOMES]
    // What failed is not skipped, whatever comes after.
    if (test.outcome === 'passed' || test.outcome === 'skipped') test.outcome = outcome
    test.message = (test.message || (given.get('message') ?? '')).slice(0, MOST_CHARACTERS)
    return { tag, name, test }
  }
  return { tag, name }
}

/** Text below a failure says why, where its attribute does not. */
function addText(open: readonly Open[], text: string, { isRaw = false }: { isRaw?: boolean } = {}): void {
  const last = open.at(-1)
  if (!last?.test || last.tag === 'testcase' || last.test.message !== '') return
  const said = (isRaw ? text : unescaped(text)).trim()
  if (said !== '') last.test.message = said.slice(0, MOST_CHARACTERS)
}

const attributesOf = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [name, unescaped(double ?? single ?? '')]),
  )

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })

function instantFrom(text: string | undefined): ReadRun['startedAt'] {
  // Without a zone it is the runner's own; UTC is what most mean.
  const ms = Date.parse(text && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : (text ?? ''))
  return Number.isNaN(ms) ? null : instantOf(ms)
}
