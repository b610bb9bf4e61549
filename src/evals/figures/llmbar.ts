/** Figures of recorded judges: how often each is right in either order, in both, and of one mind; and what it may do. */
import { agreementTable, cohenKappa } from '../../kernel/statistics/index.ts'
import { type CalibrationCase, calibrate } from '../judges/index.ts'
import type { PublishedFigure } from './contract.ts'
import { type Figures, jsonLines, met, said, textOf } from './figure.ts'

const INSTANCES = 'judges-llmbar/instances.jsonl.gz'
const VERDICTS = 'judges-llmbar/verdicts.jsonl.gz'
const PUBLISHED = 'judges-llmbar/published_statistics.json'

type Instance = { set: string; idx: number; label: number | string; output_1: string; output_2: string }
type Verdict = { set: string; idx: number; judge: string; order: 'original' | 'swapped'; winner: '1' | '2' | null }
type Counts = Record<'set' | 'judge' | 'correct_False' | 'correct_True' | 'correct_both' | 'equal', string>

/** Of a set and a judge: first-shown preferred, kappa with the label, kappa between the orders, what it may do. */
const JUDGED = [
  ['LLMBar/Natural', 'GPT-4/Vanilla', 0.505, 0.8977, 0.8977, 'weak'],
  ['LLMBar/Natural', 'GPT-4/CoT', 0.515, 0.8777, 0.816, 'weak'],
  ['LLMBar/Natural', 'ChatGPT/Vanilla', 0.605, 0.6025, 0.4287, 'weak'],
  ['LLMBar/Neighbor', 'GPT-4/Vanilla', 0.5112, 0.5474, 0.8651, 'weak'],
  ['LLMBar/Neighbor', 'ChatGPT/Vanilla', 0.6194, -0.5862, 0.4616, 'refused'],
  ['MT-Bench', 'GPT-4/Vanilla_NoRules', 0.51, 0.5899, 0.7401, 'weak'],
  ['MT-Bench', 'ChatGPT/Vanilla_NoRules', 0.7025, 0.3974, 0.2694, 'refused'],
] as const

export const llmbar: Figures = {
  name: 'llmbar',
  title: 'LLMBar: sixty judges by set, in both orders, and which of them may judge',
  source: 'princeton-nlp/LLMBar (MIT), commit 900616b; verdicts of GPT-4, ChatGPT, Llama 2 and PaLM 2',
  basis: 'statistics.json files of the source for the counts; kappas and shares computed by another program',
  files: [INSTANCES, VERDICTS, PUBLISHED],
  sourceFiles: [],
  compute({ fileOf }) {
    const instances = jsonLines<Instance>(fileOf(INSTANCES))
    const verdicts = Map.groupBy(jsonLines<Verdict>(fileOf(VERDICTS)), ({ set, judge }) => `${set} ${judge}`)
    const published: Counts[] = JSON.parse(textOf(fileOf(PUBLISHED)))
    const casesOf = (set: string, judge: string) =>
      casesFor(
        instances.filter((one) => one.set === set),
        verdicts.get(`${set} ${judge}`) ?? [],
      )
    return [
      ...published.flatMap((one) => counts(one, casesOf(one.set, one.judge))),
      ...JUDGED.flatMap(([set, judge, ...references]) => judged(`${set}, ${judge}`, references, casesOf(set, judge))),
    ]
  },
}

/** Each pair as a case: true where the first output is the better one. */
function casesFor(instances: readonly Instance[], verdicts: readonly Verdict[]): CalibrationCase[] {
  const winners = new Map(verdicts.map(({ idx, order, winner }) => [`${idx} ${order}`, winner]))
  const told = (idx: number, order: string) => {
    const winner = winners.get(`${idx} ${order}`) ?? null
    return winner === null ? null : winner === '1'
  }
  return instances.map(({ idx, label, output_1, output_2 }) => ({
    id: String(idx),
    labels: [{ by: 'gold', value: String(label) === '1' }],
    verdict: told(idx, 'original'),
    swapped: told(idx, 'swapped'),
    characters: output_1.length,
    otherCharacters: output_2.length,
  }))
}

const goldOf = ({ labels: [label] }: CalibrationCase) => label?.value ?? null

function counts(one: Counts, cases: readonly CalibrationCase[]): PublishedFigure[] {
  const hits = (text: string) => Number(text.split(' / ')[0])
  const found = [
    ['right', one.correct_False, (at: CalibrationCase) => at.verdict === goldOf(at)],
    ['right, swapped', one.correct_True, (at: CalibrationCase) => at.swapped === goldOf(at)],
    [
      'right both times',
      one.correct_both,
      (at: CalibrationCase) => at.verdict === goldOf(at) && at.swapped === goldOf(at),
    ],
    // Two unreadable verdicts are the same, as the published program has it.
    ['same verdict', one.equal, (at: CalibrationCase) => at.verdict === at.swapped],
  ] as const
  return found.map(([figure, reference, is]) =>
    met(`${one.set}, ${one.judge}: ${figure}`, hits(reference), cases.filter(is).length, 0),
  )
}

function judged(
  title: string,
  [first, withLabel, between, standing]: readonly [number, number, number, string],
  cases: readonly CalibrationCase[],
): PublishedFigure[] {
  const found = calibrate(cases)
  return [
    met(`${title}: first-shown preferred`, first, found.bias.position.value ?? Number.NaN),
    met(`${title}: kappa with the label`, withLabel, kappa(cases.map((at) => [goldOf(at), at.verdict]))),
    met(`${title}: kappa between the orders`, between, kappa(cases.map((at) => [at.verdict, at.swapped ?? null]))),
    said(`${title}: as a judge it is`, standing, found.standing),
  ]
}

function kappa(pairs: readonly (readonly [boolean | null, boolean | null])[]): number {
  const codes = pairs.map(([a, b]) => [a === null ? null : Number(a), b === null ? null : Number(b)] as const)
  return cohenKappa({ table: agreementTable(codes, [0, 1]) })?.kappa ?? Number.NaN
}
