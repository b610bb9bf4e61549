/**
 * The Bradley-Terry model: from who beat whom to strengths on one scale (Bradley & Terry 1952). The chance that i
 * beats j is 1 / (1 + exp(ability j - ability i)). Fitted by Newton's method, errors from the Fisher information.
 */
import { requireCount, requireOpenFraction } from './argument.ts'
import { normalQuantile } from './normal.ts'

export type Ability = {
  /** Log ability against the first player, whose own is 0 with an error of 0. */
  readonly logAbility: number
  readonly standardError: number
  readonly low: number
  readonly high: number
  /** The same with the mean of all at 0. */
  readonly centred: number
}

const STEPS = 100

/** How often the one of the row beat the one of the column; a tie is half a win for each. */
export type Wins = readonly (readonly number[])[]

/**
 * Undefined when there is no finite answer: somebody only won or only lost against the rest, or two groups never met
 * (Ford 1957). `clusters` are the same wins apart, where those of one cluster depend on each other (several people on
 * one question, several pairs of one question): errors are then the sandwich over clusters, of which there are two at
 * least, and no longer take a tie for half a coin.
 */
export function bradleyTerry({
  wins,
  clusters,
  confidence = 0.95,
}: {
  wins: Wins
  clusters?: readonly Wins[]
  confidence?: number
}): Ability[] | undefined {
  requireOpenFraction('confidence', confidence)
  requireCount({ name: 'players', value: wins.length, least: 2 })
  const count = wins.length
  const won = (i: number, j: number): number => wins[i]?.[j] ?? 0
  if (!isConnected(count, won)) return undefined
  const ability = new Array<number>(count).fill(0)
  let covariance: number[][] = []
  for (let step = 0; step < STEPS; step++) {
    const { gradient, information } = derivatives(ability, won)
    covariance = inverse(information)
    const move = covariance.map((row) => row.reduce((sum, value, at) => sum + value * (gradient[at] ?? 0), 0))
    move.forEach((by, at) => {
      ability[at + 1] = (ability[at + 1] ?? 0) + by
    })
    if (Math.max(...move.map(Math.abs)) < 1e-12) break
  }
  const centre = ability.reduce((sum, value) => sum + value, 0) / count
  if (clusters) covariance = sandwich({ ability, covariance, clusters })
  const z = normalQuantile((1 + confidence) / 2)
  return ability.map((logAbility, at) => {
    const standardError = at === 0 ? 0 : Math.sqrt(covariance[at - 1]?.[at - 1] ?? 0)
    return {
      logAbility,
      standardError,
      low: logAbility - z * standardError,
      high: logAbility + z * standardError,
      centred: logAbility - centre,
    }
  })
}

/** The inverse information on both sides of how the clusters' gradients vary (Liang & Zeger 1986, with m / (m - 1)). */
function sandwich({
  ability,
  covariance,
  clusters,
}: {
  ability: readonly number[]
  covariance: readonly (readonly number[])[]
  clusters: readonly Wins[]
}): number[][] {
  requireCount({ name: 'clusters', value: clusters.length, least: 2 })
  const moves = clusters.map((wins) => {
    const { gradient } = derivatives(ability, (i, j) => wins[i]?.[j] ?? 0)
    return covariance.map((row) => row.reduce((sum, value, at) => sum + value * (gradient[at] ?? 0), 0))
  })
  const scale = clusters.length / (clusters.length - 1)
  return covariance.map((_, row) =>
    covariance.map(
      (__, column) => scale * moves.reduce((sum, move) => sum + (move[row] ?? 0) * (move[column] ?? 0), 0),
    ),
  )
}

/** Gradient and Fisher information of the log-likelihood, over all players but the first. */
function derivatives(ability: readonly number[], won: (i: number, j: number) => number) {
  const size = ability.length - 1
  const gradient = new Array<number>(size).fill(0)
  const information = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const add = (row: number, column: number, value: number) => {
    const line = information[row - 1]
    if (line && column > 0) line[column - 1] = (line[column - 1] ?? 0) + value
  }
  for (let i = 1; i < ability.length; i++)
    for (let j = 0; j < ability.length; j++) {
      if (i === j) continue
      const games = won(i, j) + won(j, i)
      const chance = 1 / (1 + Math.exp((ability[j] ?? 0) - (ability[i] ?? 0)))
      gradient[i - 1] = (gradient[i - 1] ?? 0) + won(i, j) - games * chance
      add(i, i, games * chance * (1 - chance))
      add(i, j, -games * chance * (1 - chance))
    }
  return { gradient, information }
}

/** Whether everybody can be reached from everybody over wins; otherwise the likelihood has no maximum. */
function isConnected(count: number, won: (i: number, j: number) => number): boolean {
  const reaches = (beats: (i: number, j: number) => boolean): boolean => {
    const seen = new Set([0])
    for (const i of seen) for (let j = 0; j < count; j++) if (beats(i, j)) seen.add(j)
    return seen.size === count
  }
  return reaches((i, j) => won(i, j) > 0) && reaches((i, j) => won(j, i) > 0)
}

/** Gauss-Jordan with partial pivoting; the information of a connected design is positive definite. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const rows = matrix.map((row, at) => [...row, ...Array.from({ length: size }, (_, column) => Number(column === at))])
  for (let column = 0; column < size; column++) {
    const pivot = rows
      .slice(column)
      .reduce(
        (best, row, at) => (Math.abs(row[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? at + column : best),
        column,
      )
    const [chosen, current] = [rows[pivot] ?? [], rows[column] ?? []]
    rows[pivot] = current
    const scale = chosen[column] ?? 1
    const scaled = chosen.map((value) => value / scale)
    rows[column] = scaled
    rows.forEach((row, at) => {
      const factor = row[column] ?? 0
      if (at !== column && factor !== 0) rows[at] = row.map((value, i) => value - factor * (scaled[i] ?? 0))
    })
  }
  return rows.map((row) => row.slice(size))
}
