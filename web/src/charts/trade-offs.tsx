/** Quality, cost and time of arms in one picture and one table: those worth a choice, and what beats each other one. */
import { duration, inUnit, list, money } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { CostQuality } from './cost-quality.tsx'
import { type Gain, type Place, placesOf } from './pareto.ts'

export type TradeOff = {
  readonly id: string
  readonly label: string
  readonly mean: number | null
  readonly interval: { readonly low: number; readonly high: number } | null
  readonly unit: string
  readonly better: 'higher' | 'lower'
  /** Micro-dollars of a case; null when it is not known. */
  readonly cost: number | null
  /** The 95th percentile in milliseconds. */
  readonly latency: number | null
}

const GAINS: Readonly<Record<Gain, string>> = { quality: 'better', cost: 'cheaper', time: 'quicker' }

export function TradeOffs({ arms, scoreName }: { arms: readonly TradeOff[]; scoreName: string }) {
  const places = placesOf(
    arms.map(({ id, label, mean, better, cost, latency }) => ({
      id,
      label,
      good: mean === null ? null : better === 'higher' ? mean : -mean,
      cost,
      latency,
    })),
  )
  const placeOf = new Map(places.map((place) => [place.id, place]))
  const isOnFront = ({ id }: TradeOff) => placeOf.get(id)?.kind === 'front'
  const dots = arms.flatMap((arm) => {
    const { label, mean, interval, cost, latency } = arm
    if (mean === null || cost === null) return []
    const { low, high } = interval ?? { low: mean, high: mean }
    return [{ label, cost, value: mean, low, high, isReference: !isOnFront(arm), ...(latency !== null && { latency }) }]
  })
  const unit = arms[0]?.unit ?? ''
  return (
    <>
      {dots.length > 0 && (
        <CostQuality dots={dots} sayCost={(cost) => money(String(cost))} sayValue={(value) => inUnit(value, unit)} />
      )}
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('trade-offs.arm')}</th>
            <th scope="col" className="num">
              {scoreName}
            </th>
            <th scope="col" className="num">
              {say('trade-offs.cost-of-a-case')}
            </th>
            <th scope="col" className="num">
              p95
            </th>
            <th scope="col" className="wide">
              {say('trade-offs.worth-a-choice')}
            </th>
          </tr>
        </thead>
        <tbody>
          {arms.map((arm) => (
            <tr key={arm.id}>
              <td className="break-words">
                {arm.label}
                <span className="block md:hidden">
                  <Verdict place={placeOf.get(arm.id)} />
                </span>
              </td>
              <td className="num">{arm.mean === null ? '–' : inUnit(arm.mean, arm.unit)}</td>
              <td className="num">{money(arm.cost === null ? null : String(arm.cost))}</td>
              <td className="num whitespace-nowrap">{arm.latency === null ? '–' : duration(arm.latency)}</td>
              <td className="wide">
                <Verdict place={placeOf.get(arm.id)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="prose-width mt-3 text-muted">
        {sayWith('trade-offs.where-intervals-overlap-the-order-may-be', { inWords: inWords(arms, placeOf) })}
      </p>
    </>
  )
}

function Verdict({ place }: { place: Place | undefined }) {
  if (place?.kind === 'front') return <Tag tone="text-pass">{say('trade-offs.worth-a-choice-2')}</Tag>
  if (place?.kind === 'beaten')
    return (
      <span className="text-muted">
        {sayWith('trade-offs.is', { by: place.by, in: list(place.in.map((gain) => GAINS[gain])) })}
      </span>
    )
  return <span className="text-muted">{say('trade-offs.its-is-not-known', { lacks: list(place?.lacks ?? []) })}</span>
}

function inWords(arms: readonly TradeOff[], placeOf: ReadonlyMap<string, Place>): string {
  const named = (kind: Place['kind']) =>
    arms.filter(({ id }) => placeOf.get(id)?.kind === kind).map(({ label }) => label)
  const [front, beaten, unknown] = [named('front'), named('beaten'), named('unknown')]
  return [
    front.length === 0
      ? say('trade-offs.nothing-can-be-said-yet')
      : front.length === 1 && beaten.length > 0
        ? say('trade-offs.is-the-best-the-cheapest-and-the', { front: front[0] })
        : say('trade-offs.worth-a-choice-3', { front: list(front) }),
    ...(beaten.length > 0 && front.length > 1
      ? [say('trade-offs.is-beaten-in-all-that-matters-here', { beaten: list(beaten), n: beaten.length })]
      : []),
    ...(unknown.length > 0 ? [say('trade-offs.of-too-little-is-known', { unknown: list(unknown) })] : []),
  ].join(' ')
}
