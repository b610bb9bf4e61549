/**
 * The quality of one knowledge version by itself: the passages of a release's index, without any question about them.
 * Pure; the same passages give the same measures, so that nothing has to be kept of a run.
 */
import { plain } from '../../evals/index.ts'
import { type Measure, type MeasureVerdict, overall } from './measure.ts'
import { findNearDuplicates } from './near-duplicates.ts'
import { countPersonalData, noPersonalData } from './personal-data.ts'

export type KnowledgePassage = {
  readonly id: string
  readonly title: string
  readonly text: string
  /** The document that it is of. */
  readonly source: string
}

export type KnowledgeQuality = {
  documents: number
  passages: number
  verdict: MeasureVerdict
  measures: Measure[]
}

/** A passage of fewer characters seldom answers anything; one of more is found for too much. */
const SHORT = 40
const LONG = 6_000
const MOST_NAMED = 10

/** @param announced kinds of personal data that the profile says are there */
export function measureKnowledge(
  passages: readonly KnowledgePassage[],
  announced: readonly string[],
): KnowledgeQuality {
  const n = passages.length
  const exact = repeatsOf(passages)
  const { clusters } = findNearDuplicates(passages.map(({ text, source }) => ({ group: source, text })))
  const near = [...new Set(clusters.flatMap(({ members }) => members.slice(1)))].filter((at) => !exact.includes(at))
  const short = placesOf(passages, ({ text }) => text.trim().length < SHORT)
  const long = placesOf(passages, ({ text }) => text.length > LONG)
  const personal = placesOf(passages, ({ id, title, text }) => {
    const found = noPersonalData()
    countPersonalData(found, { place: id, text: `${title}\n${text}` }, announced)
    return found.unexpected > 0
  })
  const shareOf = (name: string, places: readonly number[], given: { label: string; atMost: number; why: string }) =>
    measureOf({ name, n, value: n === 0 ? null : places.length / n, places, passages, ...given })
  const measures = [
    shareOf('duplicateShare', exact, {
      label: 'passages that say what an earlier one says',
      atMost: 0.02,
      why: `${exact.length} of ${n} passages repeat another one word by word: keep one of each.`,
    }),
    shareOf('nearDuplicateShare', near, {
      label: 'passages that say nearly what an earlier one says',
      atMost: 0.1,
      why: `${near.length} of ${n} passages are at least 80 % the same as another one: a search fills up with them.`,
    }),
    shareOf('shortShare', short, {
      label: `passages of fewer than ${SHORT} characters`,
      atMost: 0.2,
      why: `${short.length} of ${n} passages hold next to nothing: join headings with what follows them.`,
    }),
    shareOf('longShare', long, {
      label: `passages of more than ${LONG} characters`,
      atMost: 0.05,
      why: `${long.length} of ${n} passages are long enough to be found for nearly everything: add headings.`,
    }),
    measureOf({
      name: 'personalData',
      n,
      value: n === 0 ? null : personal.length,
      places: personal,
      passages,
      label: 'passages with personal data that the profile does not announce',
      atMost: 0,
      why:
        personal.length === 0
          ? 'None was found.'
          : 'Take it out of the documents, or say in the profile that it is there.',
    }),
  ]
  return {
    documents: new Set(passages.map(({ source }) => source)).size,
    passages: n,
    verdict: overall(measures),
    measures,
  }
}

function measureOf({
  value,
  atMost,
  places,
  passages,
  ...given
}: Pick<Measure, 'name' | 'label' | 'value' | 'n' | 'why'> & {
  atMost: number
  places: readonly number[]
  passages: readonly KnowledgePassage[]
}): Measure {
  return {
    ...given,
    value,
    interval: null,
    atLeast: null,
    atMost,
    verdict: value === null ? 'MISSING' : value <= atMost ? 'PASS' : 'FAIL',
    rows: places.slice(0, MOST_NAMED).flatMap((at) => passages[at]?.id ?? []),
  }
}

/** Those whose words stood in an earlier one; case, marks and spaces make no difference. */
function repeatsOf(passages: readonly KnowledgePassage[]): number[] {
  const seen = new Set<string>()
  return placesOf(passages, ({ text }) => {
    const key = plain(text)
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

const placesOf = (passages: readonly KnowledgePassage[], is: (passage: KnowledgePassage) => boolean): number[] =>
  passages.flatMap((passage, at) => (is(passage) ? [at] : []))
