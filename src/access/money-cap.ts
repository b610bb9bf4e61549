/** Whether what somebody asks for counts against a cap on money, and whose it is. */
import type { LimitScope } from './cap.ts'
import { capsInForce, type Limits } from './limits.ts'

export type MoneyCap = { readonly scope: LimitScope; readonly name: string }
export type MoneyCapAsk = {
  readonly application: string | null
  /** Id of the key; its team counts too. */
  readonly key: string | null
  readonly release?: string | null
  readonly models?: readonly string[]
}

/** Not for every request: limits are looked up for each of its scopes. Undefined where money is not capped. */
export function moneyCapOf(
  { application, key, release, models = [] }: MoneyCapAsk,
  known: {
    readonly organisation: string
    readonly limitsOf: (whose: MoneyCap) => Limits
    readonly teamOf: (key: string) => string | null
  },
): MoneyCap | undefined {
  const team = key === null ? null : known.teamOf(key)
  const scopes: [LimitScope, string | null | undefined][] = [
    ['application', application],
    ['key', key],
    ['team', team],
    ['release', release],
    ...models.map((model): [LimitScope, string] => ['model', model]),
    ['organisation', known.organisation],
  ]
  return scopes
    .flatMap(([scope, name]): MoneyCap[] => (name ? [{ scope, name }] : []))
    .find((whose) => capsInForce(known.limitsOf(whose)).some(({ measure }) => measure === 'cost'))
}
