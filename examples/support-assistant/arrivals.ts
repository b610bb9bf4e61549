/**
 * When requests come: the arrival times of a production service (Azure, CC BY 4.0; Splitwise, ISCA 2024),
 * compressed by a factor that is shown. The pattern is bursty on purpose; evenly spaced arrivals prove nothing.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Milliseconds from the first arrival, `count` of them, `factor` times faster than they were recorded. */
export function arrivals({
  dataFolder,
  factor,
  count,
  skip = 0,
}: {
  dataFolder: URL
  factor: number
  count: number
  skip?: number
}): number[] {
  const lines = gunzipSync(readFileSync(new URL('traffic-azure/AzureLLMInferenceTrace_code.csv.gz', dataFolder)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
  const times = lines.map((line) => Date.parse(`${line.split(',')[0]?.slice(0, 23).replace(' ', 'T')}Z`))
  const taken = Array.from({ length: count }, (_, i) => times[(skip + i) % times.length] ?? 0)
  const lap = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const start = taken[0] ?? 0
  return taken.map(
    (time, i) =>
      (time - start + (Math.floor((skip + i) / times.length) - Math.floor(skip / times.length)) * lap) / factor,
  )
}
