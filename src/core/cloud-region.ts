/**
 * Which region an address of a cloud names, and in which part of the world that is. Pure.
 *
 * Invariant: an address that names no region gives null; nothing is guessed from where a company is at home.
 */

/** `bedrock-runtime.eu-west-1.amazonaws.com`, `europe-west4-aiplatform.googleapis.com`, `x.westeurope.inference.ml.azure.com`. */
export function regionOfHost(host: string): string | null {
  const labels = host.toLowerCase().split('.')
  if (host.endsWith('.openai.com')) return labels.length > 3 ? (BEFORE_API[labels[0] ?? ''] ?? null) : null
  const google = /^([a-z]+-[a-z]+\d+)-aiplatform\.googleapis\.com$/.exec(host.toLowerCase())
  if (google?.[1]) return google[1]
  const parts = /^aiplatform\.([a-z]{2})\.rep\.googleapis\.com$/.exec(host.toLowerCase())
  if (parts?.[1]) return parts[1]
  return labels.find((label) => AWS.test(label) || GOOGLE.test(label) || label in AZURE) ?? null
}

/** A model of Bedrock may be answered in any region of the group that its id begins with. */
export function regionOfModel(model: string): string | null {
  const group = /^(us|eu|apac|jp|au|global)\.[a-z0-9-]+\./.exec(model)?.[1]
  return group ?? null
}

/** `eu`, `us`, `uk`, …; null for a region that is not known here. */
export function partOfWorld(region: string): string | null {
  const is = region.toLowerCase()
  if (is in EXCEPTIONS) return EXCEPTIONS[is] ?? null
  if (is in AZURE) return AZURE[is] ?? null
  if (/^(eu|europe)(-|$)/.test(is)) return 'eu'
  if (/^us(-|$)/.test(is)) return 'us'
  return /^(ca|northamerica-northeast\d)(-|$)/.test(is) ? 'ca' : null
}

/** Whether a region lies in one that was said: `eu` holds `eu-west-1` and `westeurope`, not `eu-west-2`, which is London. */
export function isWithin(region: string, said: string): boolean {
  const [is, may] = [region.toLowerCase(), said.trim().toLowerCase()]
  if (is === may) return true
  const part = partOfWorld(is)
  return part === null ? is.startsWith(`${may}-`) : part === may || (may.includes('-') && is.startsWith(`${may}-`))
}

const AWS = /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)(?:east|west)?-\d$/
const GOOGLE =
  /^(?:us|europe|asia|australia|northamerica|southamerica|me|africa)-(?:north|south|east|west|central)(?:east|west)?\d$/

/** The part of the world that OpenAI's regional addresses begin with. */
const BEFORE_API: Readonly<Record<string, string>> = { eu: 'eu', us: 'us' }

/** In Europe and not in the Union. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'eu-west-2': 'uk',
  'eu-central-2': 'ch',
  'europe-west2': 'uk',
  'europe-west6': 'ch',
}

const AZURE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'westeurope',
      'northeurope',
      'francecentral',
      'francesouth',
      'germanywestcentral',
      'germanynorth',
      'swedencentral',
      'italynorth',
      'polandcentral',
      'spaincentral',
      'austriaeast',
    ].map((region) => [region, 'eu']),
  ),
  ...Object.fromEntries(
    [
      'eastus',
      'eastus2',
      'centralus',
      'northcentralus',
      'southcentralus',
      'westcentralus',
      'westus',
      'westus2',
      'westus3',
    ].map((region) => [region, 'us']),
  ),
  ...{ uksouth: 'uk', ukwest: 'uk', switzerlandnorth: 'ch', switzerlandwest: 'ch', norwayeast: 'no', norwaywest: 'no' },
  ...{
    canadacentral: 'ca',
    canadaeast: 'ca',
    australiaeast: 'au',
    japaneast: 'jp',
    japanwest: 'jp',
    brazilsouth: 'br',
  },
  ...{ koreacentral: 'kr', southindia: 'in', centralindia: 'in', southeastasia: 'sg', eastasia: 'hk', uaenorth: 'ae' },
}
