/** What an answer cost, as its client is told: exact micro-dollars, or that nobody knows the price. Never zero for that. */
import type { Facts } from './settled-draft.ts'

const COST = 'airworthy-cost-micro-usd'
const KIND = 'airworthy-price'
/** The names that may come behind a stream. */
export const COST_TRAILER = `${COST}, ${KIND}`

type Cost = Pick<Facts, 'costMicroUsd'>

/** A name and a value, as `writeHead` takes them. */
export const costHeaders = ({ costMicroUsd }: Cost): [string, string] =>
  costMicroUsd === null ? [KIND, 'unknown'] : [COST, costMicroUsd]

export const costTrailers = (cost: Cost): [string, string][] => [costHeaders(cost)]
