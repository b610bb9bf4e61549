/** Figures of the game of 24: what several tries achieve, what a search achieves, and what each costs. */
import { costOf, picoOf } from '../../kernel/money.ts'
import { mean } from '../../kernel/statistics/index.ts'
import { reliabilityOf } from '../reliability.ts'
import { type Figures, jsonLines, met, numbers, type Recording } from './figure.ts'

const TRIES = 'reasoning-game24/correct.csv'
const SEARCH = 'reasoning-game24/search.csv'
const USAGE = 'reasoning-game24/usage.csv'
/** The same with every answer, as the source publishes it. */
const SAMPLES = 'reasoning-game24/cot_100_samples.jsonl.gz'
const LOGS = 'reasoning-game24/tot_bfs.jsonl.gz'

type Used = { completion_tokens: number; prompt_tokens: number }
type Tried = { ys: string[]; infos: { r: number }[]; usage_so_far: Used }

/** By puzzle: right answers among all, whether the answer of most is right; the answers of the search in order. */
type Recorded = {
  readonly tries: readonly { readonly samples: number; readonly correct: number; readonly majority: number }[]
  readonly search: readonly (readonly number[])[]
  readonly usage: { readonly tries: Used; readonly search: Used }
}

const PASS = [
  [1, 0.0403],
  [5, 0.1429],
  [10, 0.2148],
  [50, 0.4068],
  [100, 0.49],
] as const
/** What GPT-4 cost then, in dollars per million tokens. */
const PRICE = { input: '30', output: '60' } as const

export const game24: Figures = {
  name: 'game24',
  title: 'Game of 24: a hundred tries and a search for each of 100 puzzles, and their cost',
  source: 'princeton-nlp/tree-of-thought-llm (MIT), commit ab40034; answers of GPT-4',
  basis:
    'the README (search, 69) and the paper (4.0 % of one try, 49 of a hundred); the rest computed by another program',
  files: [TRIES, SEARCH, USAGE],
  sourceFiles: [SAMPLES, LOGS],
  compute(recording) {
    const { tries, search, usage } = recording.has(TRIES) ? kept(recording) : whole(recording)
    const counts = Uint16Array.from(tries, ({ samples }) => samples)
    const right = Uint16Array.from(tries, ({ correct }) => correct)
    const of = { count: tries.length, members: undefined }
    const clusters = Int32Array.from(tries.keys())
    const found = reliabilityOf({ tries: { counts, right }, isBinary: true }, { of, isScored: () => true, clusters })
    return [
      ...PASS.map(([k, reference]) =>
        met(`tries: pass@${k}`, reference, found.find((one) => one.k === k)?.passAtK ?? Number.NaN),
      ),
      met('tries: puzzles that the answer of most solves', 8, tries.filter(({ majority }) => majority === 1).length, 0),
      met('tries: dollars', 32.17, dollars(usage.tries), 2),
      met('search: puzzles solved by any of five answers', 69, search.filter((one) => one.includes(1)).length, 0),
      met('search: puzzles solved by the first answer', 62, search.filter(([first]) => first === 1).length, 0),
      met('search: share of answers that are right', 0.238, mean(search.flat())),
      met('search: dollars', 74.51, dollars(usage.search), 2),
    ]
  },
}

const dollars = ({ prompt_tokens, completion_tokens }: Used): number =>
  Number(picoOf(costOf(prompt_tokens, PRICE.input)) + picoOf(costOf(completion_tokens, PRICE.output))) / 1e12

function kept({ fileOf }: Recording): Recorded {
  const used = numbers(fileOf(USAGE)).map(([, completion_tokens = Number.NaN, prompt_tokens = Number.NaN]) => ({
    completion_tokens,
    prompt_tokens,
  }))
  const [tries, search] = used
  if (!tries || !search) throw new RangeError(`${USAGE} has to have a line for the tries and one for the search`)
  return {
    tries: numbers(fileOf(TRIES)).map(([, samples = 0, correct = 0, majority = 0]) => ({ samples, correct, majority })),
    search: numbers(fileOf(SEARCH)).map(([, ...answers]) => answers),
    usage: { tries, search },
  }
}

function whole({ fileOf }: Recording): Recorded {
  const [samples, logs] = [SAMPLES, LOGS].map((path) => jsonLines<Tried>(fileOf(path)))
  const [tried, searched] = [samples?.at(-1), logs?.at(-1)]
  if (!samples || !logs || !tried || !searched) throw new RangeError('both files have to have a line for each puzzle')
  return {
    tries: samples.map(({ ys, infos }) => ({
      samples: ys.length,
      correct: infos.filter(({ r }) => r === 1).length,
      majority: majorityOf(ys, infos),
    })),
    search: logs.map(({ infos }) => infos.map(({ r }) => r)),
    // Usage is counted from the first puzzle on, so the last line has all of it.
    usage: { tries: tried.usage_so_far, search: searched.usage_so_far },
  }
}

/** Whether the left side of the last line that occurs most often is right; the earliest of equals. */
function majorityOf(answers: readonly string[], infos: readonly { r: number }[]): number {
  const sides = answers.map((answer) => {
    const last = answer.trim().split('\n').at(-1) ?? ''
    return last.toLowerCase().replace('answer: ', '').split('=')[0]?.trim() ?? ''
  })
  const counts = Map.groupBy(sides.keys(), (at) => sides[at])
  const most = [...counts.values()].reduce((best, some) => (some.length > best.length ? some : best))
  return infos[most[0] ?? 0]?.r ?? 0
}
