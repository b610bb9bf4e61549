/**
 * What was counted, kept by group of clusters. Pure.
 *
 * Invariant: what is held does not grow with the answers. The first 4,096 clusters have a group each; later ones join
 * these by chance (their hash), so that groups are as independent as clusters are, and whole clusters stay together.
 */
import { hash } from 'node:crypto'
import type { ClusterKey } from '../../kernel/statistics/index.ts'

const MOST_GROUPS = 4_096

/** The group of a cluster; who asks twice gets the same one. */
export function createGroups(): (cluster: ClusterKey) => number {
  const known = new Map<ClusterKey, number>()
  return (cluster) => {
    const group = known.get(cluster)
    if (group !== undefined) return group
    if (known.size >= MOST_GROUPS)
      return Number.parseInt(hash('sha256', String(cluster), 'hex').slice(0, 8), 16) % MOST_GROUPS
    known.set(cluster, known.size)
    return known.size - 1
  }
}

export type Sums = ReturnType<typeof createSums>

/** Sums of all, and by group. */
export function createSums(size: number) {
  const all = new Float64Array(size)
  const groups = new Map<number, Float64Array>()
  return {
    all,
    add(group: number, counts: Float64Array, weight = 1): void {
      const sums = groups.get(group) ?? new Float64Array(size)
      groups.set(group, sums)
      addTo(all, counts, weight)
      addTo(sums, counts, weight)
    },
    /** In the order of their first answers. */
    groups: (): Float64Array[] => [...groups.values()],
  }
}

export function addTo(sums: Float64Array, counts: Float64Array, weight: number): void {
  if (weight === 0) return
  for (let at = 0; at < counts.length; at++) sums[at] = (sums[at] ?? 0) + weight * (counts[at] ?? 0)
}

/** What is left of all without one group. Parts of answers do not add up to nothing exactly, where nothing is left. */
export const without = (all: Float64Array, group: Float64Array): Float64Array =>
  all.map((sum, at) => wholeZero(sum - (group[at] ?? 0)))

export const wholeZero = (count: number): number => (count < 1e-9 ? 0 : count)
