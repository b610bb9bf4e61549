/**
 * BLEU (Papineni et al. 2002) as sacreBLEU 2 computes it: tokens `13a`, exponential smoothing, case kept. One answer has
 * the effective order (`eff:yes`); a corpus has not.
 */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { countGrams, totalOf } from './grams.ts'

export const BLEU_SIGNATURE = 'case:mixed|tok:13a|smooth:exp|version:2.6.0'
const ORDER = 4

export const bleu = evaluator({
  id: 'bleu',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: `sacreBLEU, ${BLEU_SIGNATURE}, eff:yes; from 0 to 1 where sacreBLEU prints 0 to 100`,
  description: 'BLEU of the answer against its references. The mean over answers is not the BLEU of the corpus.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, answer }) => {
      const references = referencesOf(example)
      if (references.length === 0) return notApplicable('no reference')
      return { score: bleuOf([{ answer, references }], { effectiveOrder: true }).bleu, detail: BLEU_SIGNATURE }
    },
})

export type BleuPair = { readonly answer: string; readonly references: readonly string[] }

/** What BLEU counts of one answer; the counts of a corpus are their sums. */
export type BleuCounts = { mine: number; theirs: number; hits: number[]; totals: number[] }

export function bleuCounts({ answer, references }: BleuPair): BleuCounts {
  const hits = Array.from({ length: ORDER }, () => 0)
  const totals = Array.from({ length: ORDER }, () => 0)
  const tokens = tokens13a(answer)
  const wanted = references.map(tokens13a)
  for (let order = 1; order <= ORDER; order++) {
    const given = countGrams(tokens, order)
    const most = new Map<string, number>()
    for (const reference of wanted)
      for (const [gram, count] of countGrams(reference, order)) most.set(gram, Math.max(most.get(gram) ?? 0, count))
    for (const [gram, count] of given) hits[order - 1] = (hits[order - 1] ?? 0) + Math.min(count, most.get(gram) ?? 0)
    totals[order - 1] = totalOf(given)
  }
  return { mine: tokens.length, theirs: closestLength(wanted, tokens.length), hits, totals }
}

/** BLEU over pairs, from 0 to 1, with what it is made of. */
export function bleuOf(pairs: readonly BleuPair[], { effectiveOrder = false }: { effectiveOrder?: boolean } = {}) {
  const counts = pairs.map(bleuCounts)
  const sum = (of: (one: BleuCounts) => number) => counts.reduce((total, one) => total + of(one), 0)
  const orders = Array.from({ length: ORDER }, (_, at) => at)
  const hits = orders.map((at) => sum((one) => one.hits[at] ?? 0))
  const totals = orders.map((at) => sum((one) => one.totals[at] ?? 0))
  return bleuFrom({ mine: sum(({ mine }) => mine), theirs: sum(({ theirs }) => theirs), hits, totals }, effectiveOrder)
}

/** BLEU of what was counted, from 0 to 1. */
export function bleuFrom({ mine, theirs, hits, totals }: BleuCounts, effectiveOrder = false) {
  const brevityPenalty = mine === 0 ? 0 : mine < theirs ? Math.exp(1 - theirs / mine) : 1
  return { bleu: brevityPenalty * meanPrecision(hits, totals, effectiveOrder), brevityPenalty, hits, totals }
}

/** Geometric mean of the precisions; an order without a hit counts half of the one before (smoothing `exp`). */
function meanPrecision(hits: readonly number[], totals: readonly number[], isEffective: boolean): number {
  let smooth = 1
  let logs = 0
  let orders = 0
  if (hits.every((hit) => hit === 0)) return 0
  for (let at = 0; at < ORDER; at++) {
    const total = totals[at] ?? 0
    if (total === 0) {
      if (isEffective) break
      return 0
    }
    orders++
    const hit = hits[at] ?? 0
    if (hit === 0) smooth *= 2
    logs += Math.log(hit === 0 ? 1 / (smooth * total) : hit / total)
  }
  return Math.exp(logs / orders)
}

const closestLength = (references: readonly (readonly string[])[], mine: number): number =>
  references
    .map(({ length }) => length)
    .reduce((best, length) => {
      const [near, far] = [Math.abs(length - mine), Math.abs(best - mine)]
      return near < far || (near === far && length < best) ? length : best
    }, Number.POSITIVE_INFINITY)

/** The tokeniser `13a` of mteval, as sacreBLEU has it. */
export const tokens13a = (text: string): string[] =>
  ` ${text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/)
    .filter(Boolean)
