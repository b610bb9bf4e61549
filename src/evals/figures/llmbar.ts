/** Figures of recorded judges: how often each is right in either order, in both, and of one mind. */
import { type Figures, jsonLines, met } from './figure.ts'

const INSTANCES = 'judges-llmbar/instances.jsonl.gz'
const VERDICTS = 'judges-llmbar/verdicts.jsonl.gz'
const PUBLISHED = 'judges-llmbar/published_statistics.json'

type Verdict = { set: string; idx: number; judge: string; order: 'original' | 'swapped'; winner: '1' | '2' | null }
type Counts = Record<'set' | 'judge' | 'correct_False' | 'correct_True' | 'correct_both' | 'equal', string>

export const llmbar: Figures = {
  name: 'llmbar',
  title: 'LLMBar: sixty judges by set, in both orders',
  source: 'princeton-nlp/LLMBar (MIT), commit 900616b',
  basis: 'statistics.json files of the source',
  files: [INSTANCES, VERDICTS, PUBLISHED],
  compute(fileOf) {
    const instances = jsonLines<{ set: string; idx: number; label: number | string }>(fileOf(INSTANCES))
    const verdicts = Map.groupBy(jsonLines<Verdict>(fileOf(VERDICTS)), ({ set, judge }) => `${set} ${judge}`)
    const published: Counts[] = JSON.parse(Buffer.from(fileOf(PUBLISHED)).toString('utf8'))
    return published.flatMap((one) => {
      const said = new Map(
        (verdicts.get(`${one.set} ${one.judge}`) ?? []).map(({ idx, order, winner }) => [`${idx} ${order}`, winner]),
      )
      const cases = instances
        .filter(({ set }) => set === one.set)
        .map(({ idx, label }) => ({
          gold: String(label),
          original: said.get(`${idx} original`) ?? null,
          swapped: said.get(`${idx} swapped`) ?? null,
        }))
      const count = (is: (at: (typeof cases)[number]) => boolean) => cases.filter(is).length
      const title = `${one.set}, ${one.judge}`
      const hits = (text: string) => Number(text.split(' / ')[0])
      return [
        met(
          `${title}: right`,
          hits(one.correct_False),
          count((at) => at.original === at.gold),
          0,
        ),
        met(
          `${title}: right, swapped`,
          hits(one.correct_True),
          count((at) => at.swapped === at.gold),
          0,
        ),
        met(
          `${title}: right both times`,
          hits(one.correct_both),
          count((at) => at.original === at.gold && at.swapped === at.gold),
          0,
        ),
        // Two unreadable verdicts are the same, as the published program has it.
        met(
          `${title}: same verdict`,
          hits(one.equal),
          count((at) => at.original === at.swapped),
          0,
        ),
      ]
    })
  },
}
