/** Which release is meant: an id, a number (`r3`), or the newest. */
import { AirworthyError, type Client, type ReleaseSummary } from '../../sdk/index.ts'

export async function findRelease(
  client: Client,
  application: string,
  wanted: string | undefined,
): Promise<ReleaseSummary> {
  const { items } = await client.listReleases({ params: { name: application }, query: { limit: 1000 } })
  const found =
    wanted === undefined
      ? items[0]
      : items.find(({ id, number, digest }) => id === wanted || `r${number}` === wanted || digest.includes(wanted))
  if (found) return found
  const have = items.map(({ number }) => `r${number}`).join(', ')
  throw new AirworthyError(404, {
    code: 'cli.release-unknown',
    detail:
      wanted === undefined
        ? `${application} has no release yet. Freeze one: airworthy freeze ${application}`
        : `${application} has no release ${wanted}. It has ${have || 'none'}.`,
  })
}
