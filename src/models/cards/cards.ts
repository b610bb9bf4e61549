/**
 * Cards: what is known of every model, joined from the provider's list, the price book, its card, and people here.
 *
 * Invariant: nothing is guessed. A field has a value, a source and a date, or it is unknown; only what somebody says
 * how they verified is verified.
 */
import type { ActorId } from '../../core/actor.ts'
import { isAtLeast } from '../../core/stage.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import type { Clock, Instant } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ModelCard } from '../contract.ts'
import type { LicenceObligations } from '../obligations/index.ts'
import type { ApprovalStanding, CardFilter, FullModelCard, ModelCardSummary, ModelSourceInput } from './contract.ts'
import { FACT_NAMES, type ModelFacts } from './facts.ts'
import { readHuggingFaceCard } from './hugging-face.ts'
import { installationSources } from './installation.ts'
import { type CardField, completenessOf, indexModels, joinFields, type SameIndex, sameModels } from './join.ts'
import { compareLists, type ListReading } from './list-reading.ts'
import { readProviderList } from './provider-list.ts'
import type { ModelSource } from './source.ts'
import { deleteSource, listReadings, listSources, saveReading, saveSource } from './store.ts'

export type CardsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
  readonly models: {
    list(): readonly ModelCard[]
    /** Undefined for a model that there is none of here. */
    findCard(model: string): ModelCard | undefined
    /** Throws `models.unknown-model`. */
    card(model: string): ModelCard
    /** Providers that have an address and, where they need one, a key. */
    askable(): readonly string[]
    /** What a provider answers to `/models`. */
    listing(provider: string, signal: AbortSignal): Promise<unknown>
    /** The text at an address, behind the guard of outward calls. */
    readText(url: string, signal: AbortSignal): Promise<string>
  }
  readonly approvalOf: (model: string) => ApprovalStanding
  readonly obligationsIn: (fields: readonly CardField[]) => LicenceObligations
  /** What weights that were read here and the record of a training say. */
  readonly alsoSaid?: (model: string) => readonly Omit<ModelSource, 'organisation' | 'model'>[]
}

export type Cards = Awaited<ReturnType<typeof createCards>>

export async function createCards(deps: CardsDeps) {
  const { db, clock, organisation, record, publish, models, approvalOf, remember = readOnly } = deps
  let kept = new Map<string, ModelSource[]>()
  let readings = new Map<string, ListReading>()
  await reload()

  async function reload(): Promise<void> {
    kept = Map.groupBy(await remember('model-sources', () => listSources(db, organisation)), ({ model }) => model)
    const rows = await remember('model-list-readings', () => listReadings(db, organisation))
    readings = new Map(rows.map((row) => [row.provider, row]))
  }

  const tell = (model: string) => publish({ topic: 'model-card', id: model, application: null })
  const sourcesOf = (card: ModelCard): ModelSource[] => [
    ...(kept.get(card.model) ?? []),
    ...(deps.alsoSaid?.(card.model) ?? []).map((said) => ({ ...said, organisation, model: card.model })),
    ...installationSources(card, { organisation, at: clock() }),
  ]
  const known = (): ModelCard[] => {
    const listed = models.list().filter(({ model }) => !model.includes('<'))
    const names = new Set(listed.map(({ model }) => model))
    return [...listed, ...[...kept.keys()].filter((model) => !names.has(model)).map(cardOf)].sort((one, other) =>
      one.model.localeCompare(other.model),
    )
  }
  /** Also of a model whose provider was taken away: what was said of it stays. */
  const findCard = (model: string): ModelCard | undefined =>
    models.findCard(model) ?? (kept.has(model) ? goneCard(model) : undefined)
  const cardOf = (model: string): ModelCard => findCard(model) ?? models.card(model)
  const names = (): string[] => known().map(({ model }) => model)
  const identityOf = (model: string): string | undefined =>
    kept.get(model)?.find(({ facts }) => facts.identity)?.facts.identity
  const identities = (all: readonly string[]) => indexModels(all.map((model) => [model, identityOf(model)] as const))
  /** Fields come from others only where somebody says that they are the same, so that no other card is looked at. */
  const fieldsOf = (card: ModelCard): CardField[] => joined(card, identities([...kept.keys()])).fields

  function joined(card: ModelCard, all: SameIndex) {
    const own = sourcesOf(card)
    const sameAs = sameModels(card.model, all)
    const same = sameAs.flatMap(({ model, because }) => (because === 'identity' ? (kept.get(model) ?? []) : []))
    const fields = joinFields(own, same)
    return {
      own,
      fields,
      base: {
        model: card.model,
        provider: card.provider,
        kind: card.kind,
        works: card.works,
        reason: card.reason,
        completeness: completenessOf(fields),
        sameAs,
        approval: approvalOf(card.model),
        refreshedAt: newest(own),
      },
    }
  }

  function get(model: string): FullModelCard {
    const { own, fields, base } = joined(cardOf(model), identities(names()))
    return {
      ...base,
      fields,
      obligations: deps.obligationsIn(fields),
      sources: own.map(({ kind, place, recordedAt, recordedBy }) => ({ kind, place, recordedAt, recordedBy })),
    }
  }

  async function keep(source: ModelSource, by: ActorId): Promise<void> {
    await inTransaction(db, async (tx) => {
      await saveSource(tx, source)
      const { model, kind, place, facts, verified } = source
      const detail = { kind, place, fields: Object.keys(facts), verified: Object.keys(verified) }
      await record(tx, { actor: by, action: 'models.put-source', subject: model, detail })
    })
    await reload()
    tell(source.model)
  }

  async function readList(provider: string, signal: AbortSignal): Promise<ListReading> {
    const before = readings.get(provider)
    const triedAt = clock()
    const answer = await models.listing(provider, signal).then(
      (value) => ({ listed: readProviderList(value), failure: 'Its answer to /models is no list of models.' }),
      (thrown) => ({ listed: undefined, failure: messageOf(thrown) }),
    )
    signal.throwIfAborted()
    const { listed } = answer
    const sources = [...kept.values()]
      .flat()
      .filter(({ kind, model }) => kind === 'provider-list' && model.startsWith(`${provider}/`))
    const unread = { organisation, provider, readAt: null, models: [], appeared: [], vanished: [], changed: [] }
    const reading: ListReading = listed
      ? {
          ...unread,
          ...compareLists(provider, listed, before?.readAt ? { models: before.models, sources } : undefined),
          readAt: triedAt,
          failure: null,
          triedAt,
        }
      : { ...(before ?? unread), failure: answer.failure, triedAt }
    await inTransaction(db, async (tx) => {
      const stated = new Map(listed?.map((one) => [`${provider}/${one.id}`, one.facts]))
      if (listed)
        for (const { model } of sources)
          if (!stated.has(model)) await deleteSource(tx, { organisation, model, kind: 'provider-list' })
      for (const [model, facts] of stated)
        await saveSource(tx, {
          organisation,
          model,
          kind: 'provider-list',
          place: `/models of ${provider}`,
          facts,
          verified: {},
          recordedAt: triedAt,
          recordedBy: null,
        })
      await saveReading(tx, reading)
    })
    return reading
  }

  return {
    reload,
    get,
    /** Every model that is known, whole. */
    all() {
      const cards = known()
      const index = identities(cards.map(({ model }) => model))
      return cards.map((card) => {
        const { fields, base } = joined(card, index)
        return { ...base, fields }
      })
    },
    /** Every model that is known, by name. */
    names,
    /** `organisation/name` where it was published; null when nobody says. */
    identityOf: (model: string): string | null => identityOf(model) ?? null,
    /** The fields alone, for rules and evidence. */
    fieldsOf: (model: string): CardField[] => fieldsOf(cardOf(model)),
    /** What is known of one field; null when nobody says it, as of a model that there is none of here. */
    valueOf(model: string, field: string): CardField['value'] {
      const card = findCard(model)
      return (card && fieldsOf(card).find(({ name }) => name === field)?.value) ?? null
    },

    list(filter: CardFilter, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
      const cards = known()
      const all = identities(cards.map(({ model }) => model))
      const found: ModelCardSummary[] = []
      for (const card of cards) {
        if (found.length >= limit) break
        if (cursor !== undefined && card.model.localeCompare(cursor) <= 0) continue
        if (filter.provider !== undefined && card.provider !== filter.provider) continue
        if (filter.text !== undefined && !card.model.toLowerCase().includes(filter.text.toLowerCase())) continue
        const { fields, base } = joined(card, all)
        const facts = factsOf(fields)
        if (fits(filter, facts, base.approval)) found.push({ ...base, facts })
      }
      return found
    },

    async put(input: ModelSourceInput, by: ActorId, signal: AbortSignal): Promise<FullModelCard> {
      const { model } = input
      cardOf(model)
      const common = { organisation, model, kind: input.kind, recordedAt: clock(), recordedBy: by }
      if (input.kind === 'own')
        await keep({ ...common, place: 'said here', facts: input.facts, verified: input.verified }, by)
      else {
        const text = input.content ?? (await models.readText(input.url ?? '', signal))
        const facts = readHuggingFaceCard(text)
        const identity = input.identity ?? identityAt(input.url)
        const card = input.url?.replace('/raw/', '/blob/')
        await keep(
          {
            ...common,
            place: input.url ?? 'an uploaded README.md',
            facts: { ...facts, ...(identity && { identity }), ...(card && { card }) },
            verified: {},
          },
          by,
        )
      }
      return get(model)
    },

    async remove({ model, kind }: { model: string; kind: 'own' | 'card' }, by: ActorId): Promise<void> {
      await inTransaction(db, async (tx) => {
        if (!(await deleteSource(tx, { organisation, model, kind })))
          throw new Failure('unknown', 'models.source-unknown', `Nothing of the kind ${kind} is kept of ${model}.`)
        await record(tx, { actor: by, action: 'models.delete-source', subject: model, detail: { kind } })
      })
      await reload()
      tell(model)
    },

    readings: (): ListReading[] => [...readings.values()],

    /** Throws `models.provider-unknown` for a provider that there is none of; one that does not answer is told of. */
    async readLists(provider: string | undefined, signal: AbortSignal): Promise<ListReading[]> {
      const found: ListReading[] = []
      for (const name of provider === undefined ? models.askable() : [provider])
        found.push(await readList(name, signal))
      await reload()
      tell('lists')
      return found
    },
  }
}

function goneCard(model: string): ModelCard {
  const provider = model.slice(0, model.indexOf('/'))
  const reason = `There is no provider ${provider} here any more.`
  const nothing = { description: '', works: false, mutable: null, price: null, parameters: {} }
  return { ...nothing, model, provider, kind: 'remote', title: model, reason }
}

const newest = (sources: readonly ModelSource[]): Instant | null =>
  sources.reduce<Instant | null>((best, { recordedAt }) => (best && best >= recordedAt ? best : recordedAt), null)

/** The values alone. */
function factsOf(fields: readonly CardField[]): ModelFacts {
  const known = fields.filter(({ name, value }) => value !== null && FACT_NAMES.includes(name))
  // Each value stood in a source, which was parsed by this schema.
  return Object.fromEntries(known.map(({ name, value }) => [name, value])) as ModelFacts
}

function fits(filter: CardFilter, facts: ModelFacts, approval: ApprovalStanding): boolean {
  const { licence, takes, contextAtLeast, approvedFor } = filter
  if (licence !== undefined && facts.licence?.toLowerCase() !== licence.toLowerCase()) return false
  if (takes !== undefined && !facts.modalitiesIn?.includes(takes)) return false
  if (contextAtLeast !== undefined && (facts.contextTokens ?? 0) < contextAtLeast) return false
  if (approvedFor === undefined || approval.state === 'installation') return true
  return !isAtLeast(approvedFor, 'poc') || (approval.state === 'approved' && approval.stages.includes(approvedFor))
}

/** https://huggingface.co/mistralai/Mistral-7B-v0.1/raw/main/README.md → mistralai/Mistral-7B-v0.1 */
function identityAt(url: string | undefined): string | undefined {
  const path = url === undefined ? undefined : /^https:\/\/huggingface\.co\/([\w.-]+\/[\w.-]+)/.exec(url)
  return path?.[1]
}
