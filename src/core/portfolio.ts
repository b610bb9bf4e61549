/** The seven pillars over all applications: how many stand how in each, and never a mean over them. Pure. */
import { z } from 'zod'
import { PILLARS, Pillar } from './check.ts'
import { Name } from './names.ts'
import { PillarStatus, Status } from './readiness.ts'
import { ReleaseId } from './release.ts'

export const PortfolioItem = z.object({
  application: Name,
  /** Its newest release. */
  release: ReleaseId,
  /** That of its weakest pillar. */
  status: Status,
  weakest: z.array(Pillar),
  pillars: z.array(PillarStatus),
})
export type PortfolioItem = z.infer<typeof PortfolioItem>

export const Portfolio = z.object({
  items: z.array(PortfolioItem),
  /** How many of these applications stand how, pillar by pillar. */
  pillars: z.array(z.object({ pillar: Pillar, counts: z.partialRecord(Status, z.number().int()) })),
  /** Applications without a release, which nothing can be said of. */
  unfrozen: z.array(Name),
})
export type Portfolio = z.infer<typeof Portfolio>

/** The worst first. */
export function portfolioOf(items: readonly PortfolioItem[], unfrozen: readonly Name[]): Portfolio {
  const order = Status.options
  return {
    items: items.toSorted(
      (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.application < b.application ? -1 : 1),
    ),
    pillars: PILLARS.map((pillar) => {
      const statuses = items.flatMap((item) =>
        item.pillars.filter((one) => one.pillar === pillar).map(({ status }) => status),
      )
      const counted = order.map((status) => [status, statuses.filter((one) => one === status).length] as const)
      return { pillar, counts: Object.fromEntries(counted.filter(([, count]) => count > 0)) }
    }),
    unfrozen: [...unfrozen],
  }
}
