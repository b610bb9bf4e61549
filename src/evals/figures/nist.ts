/** Figures of NIST's reference data sets: certified values that sums in doubles reach, or cannot. */
import { mean, variance } from '../../kernel/statistics/index.ts'
import { differs, type Figures, metSignificant, textOf } from './figure.ts'

const pathOf = (name: string) => `statistics-nist/${name}.dat`
const SETS = ['SmLs01', 'AtmWtAg', 'SiRstv', 'SmLs07'] as const
/** Data begin here in each file. */
const HEADER_LINES = 60
const DIGITS = 9

export const nist: Figures = {
  name: 'nist',
  title: 'NIST StRD: certified F statistics of one-way analyses of variance, and a regression',
  source: 'NIST Statistical Reference Datasets (US government work), as in scipy/scipy, commit 3dbf660',
  basis: 'certified values in the head of each file, to nine digits',
  files: [...SETS, 'Norris'].map(pathOf),
  sourceFiles: [],
  compute({ fileOf }) {
    const { slope, intercept, residual } = regression(textOf(fileOf(pathOf('Norris'))))
    return [
      ...SETS.map((name) => {
        const text = textOf(fileOf(pathOf(name)))
        const reference = Number(/Between \w+\s+\S+\s+\S+\s+\S+\s+(\S+)/.exec(text)?.[1])
        const ours = fStatistic(pairsOf(text))
        const title = `${name}: F`
        return name === 'SmLs07'
          ? differs(title, reference, ours, { why: LOST, within: 0.02, digits: DIGITS })
          : metSignificant(title, reference, ours, DIGITS)
      }),
      metSignificant('Norris: slope', slope.reference, slope.ours, DIGITS),
      metSignificant('Norris: intercept', intercept.reference, intercept.ours, DIGITS),
      metSignificant('Norris: residual standard deviation', residual.reference, residual.ours, DIGITS),
    ]
  },
}

const LOST =
  'Thirteen leading digits of its values are constant; a double keeps three of what is left, and F has as many.'

const pairsOf = (text: string): number[][] =>
  text
    .split('\n')
    .slice(HEADER_LINES)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((pair) => pair.length === 2 && pair.every(Number.isFinite))

function fStatistic(pairs: readonly number[][]): number {
  const groups = [...Map.groupBy(pairs, ([group]) => group).values()].map((some) =>
    some.map(([, value = Number.NaN]) => value),
  )
  const all = groups.flat()
  const centre = mean(all)
  const between =
    groups.reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0) / (groups.length - 1)
  const within =
    groups.reduce((sum, group) => sum + (group.length - 1) * variance(group), 0) / (all.length - groups.length)
  return between / within
}

/** Least squares through the first column over the second. */
function regression(text: string) {
  const pairs = pairsOf(text)
  const [y, x] = [0, 1].map((column) => pairs.map((pair) => pair[column] ?? Number.NaN))
  const [centreX, centreY] = [mean(x ?? []), mean(y ?? [])]
  const spread = (x ?? []).reduce((sum, value) => sum + (value - centreX) ** 2, 0)
  const together = pairs.reduce((sum, [b = 0, a = 0]) => sum + (a - centreX) * (b - centreY), 0)
  const slope = together / spread
  const intercept = centreY - slope * centreX
  const residuals = pairs.reduce((sum, [b = 0, a = 0]) => sum + (b - intercept - slope * a) ** 2, 0)
  const certified = (pattern: RegExp) => Number(pattern.exec(text)?.[1])
  return {
    slope: { reference: certified(/\bB1\s+(\S+)/), ours: slope },
    intercept: { reference: certified(/\bB0\s+(-\S+)/), ours: intercept },
    residual: {
      reference: certified(/Residual\s+Standard Deviation\s+(\S+)/),
      ours: Math.sqrt(residuals / (pairs.length - 2)),
    },
  }
}
