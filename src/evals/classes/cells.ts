/** Answers by expected and told label, as whole numbers, of all and by group of clusters. Pure. */
import { wholeZero } from '../corpus/index.ts'

/** Labels are 0 to `count` - 1; `count` is what is none of them. */
export type Cells = ReturnType<typeof createCells>

export function createCells(count: number) {
  const all = new Map<number, number>()
  const groups = new Map<number, Map<number, number>>()
  const width = count + 1
  return {
    count,
    all,
    add(group: number, [expected, told]: readonly [number, number], weight = 1): void {
      const cell = expected * width + told
      const own = groups.get(group) ?? new Map<number, number>()
      groups.set(group, own)
      for (const cells of [all, own]) cells.set(cell, (cells.get(cell) ?? 0) + weight)
    },
    groups: () => groups,
  }
}

/** By label: told rightly, expected, told. */
export type Margins = { readonly hits: Float64Array; readonly support: Float64Array; readonly told: Float64Array }

export function marginsOf({ count, all }: Pick<Cells, 'count' | 'all'>): Margins {
  const margins = { hits: new Float64Array(count), support: new Float64Array(count), told: new Float64Array(count) }
  for (const [cell, weight] of all) addCell(margins, cell, weight)
  return margins
}

/** Without one group. */
export function marginsWithout(margins: Margins, group: ReadonlyMap<number, number>): Margins {
  const left = { hits: margins.hits.slice(), support: margins.support.slice(), told: margins.told.slice() }
  for (const [cell, weight] of group) addCell(left, cell, -weight)
  return left
}

function addCell({ hits, support, told }: Margins, cell: number, weight: number): void {
  const width = support.length + 1
  const [expected, named] = [Math.floor(cell / width), cell % width]
  // Parts of answers do not add up to nothing exactly.
  support[expected] = wholeZero((support[expected] ?? 0) + weight)
  if (named < told.length) told[named] = wholeZero((told[named] ?? 0) + weight)
  if (named === expected) hits[named] = wholeZero((hits[named] ?? 0) + weight)
}
