/**
 * What an autoscaler reads: requests that the gateway has under way, beside how many it is to bear. Processor time alone
 * does not tell of streams, which wait for their provider for most of their time and hold memory and connections.
 */
import type { MetricFamily } from '../wire/metrics.ts'

const UNDER_WAY = 'airworthy_gateway_requests_under_way'
const CAPACITY = 'airworthy_gateway_requests_capacity'

/** Nothing of a process that answers no model route: it is no room for requests. */
export function loadFamilies({ underWay, capacity }: { underWay: number; capacity: number }): MetricFamily[] {
  if (capacity === 0) return []
  return [
    gauge(UNDER_WAY, 'Requests of the model routes that are not answered whole yet.', underWay),
    gauge(CAPACITY, 'How many of them this address is to bear at once (AIRWORTHY_GATEWAY_CAPACITY).', capacity),
  ]
}

/** Of all processes behind the port together. */
export function withLoadRatio(families: readonly MetricFamily[]): MetricFamily[] {
  const [underWay, capacity] = [sampleOf(families, UNDER_WAY), sampleOf(families, CAPACITY)]
  if (underWay === undefined || capacity === undefined) return [...families]
  const help = 'Requests under way by what is to be borne at once: what an autoscaler keeps below 1.'
  return [...families, gauge('airworthy_gateway_load_ratio', help, underWay / capacity)]
}

const gauge = (name: string, help: string, value: number): MetricFamily => ({
  name,
  type: 'gauge',
  help,
  samples: [{ labels: {}, value }],
})

function sampleOf(families: readonly MetricFamily[], name: string): number | undefined {
  const found = families.find((family) => family.name === name)
  return found?.type === 'gauge' ? found.samples[0]?.value : undefined
}
