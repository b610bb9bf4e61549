/**
 * Guardrails on models that are asked without an application: in memory for the gateway, compiled once for each set of
 * names, and in the database for the next start. Nobody can be asked past them but an application, which has its own.
 */
import type { ActorId } from '../../core/actor.ts'
import { guardInWords } from '../../core/guardrail.ts'
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { createKept } from '../../kernel/kept.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { compiled, type Guards } from '../compiled.ts'
import type { ModelGuardrail, ModelGuardrails, ModelGuardrailsInput } from './contract.ts'
import { findModelGuardrailsRow, type ModelGuardrailsRow, saveModelGuardrailsRow } from './store.ts'

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
}

/** What looks at one request: `digest` tells two sets apart, so that no answer is kept for another one. */
export type ModelGuards = Guards & { readonly digest: Digest }

/** Sets of names that are asked at one time: models and routes of an installation. */
const MOST_SETS = 1000

export async function createModelGuardrails(deps: Deps) {
  const { db, clock, organisation, record, publish, remember = readOnly } = deps
  let row = await read()
  let kept = createKept<string, ModelGuards | undefined>(MOST_SETS)

  async function read(): Promise<ModelGuardrailsRow | undefined> {
    const [found] = await remember('model-guardrails', async () =>
      [await findModelGuardrailsRow(db, organisation)].filter((one) => one !== undefined),
    )
    return found
  }
  const take = (changed: ModelGuardrailsRow | undefined) => {
    row = changed
    kept = createKept(MOST_SETS)
  }

  return {
    get: (): ModelGuardrails => shown(row),
    hasAny: (): boolean => row !== undefined && row.guardrails.length > 0,
    /**
     * Those that look at a request; undefined where none does, and then it costs nothing.
     *
     * @param names the model, or the route and every model that it may ask
     */
    of(names: readonly string[]): ModelGuards | undefined {
      if (!row || row.guardrails.length === 0) return undefined
      const { guardrails } = row
      return kept.get(names.join(' '), () => guardsAmong(guardrails, names))
    },
    async put({ guardrails }: ModelGuardrailsInput, by: ActorId): Promise<ModelGuardrails> {
      const changed: ModelGuardrailsRow = { organisation, guardrails, updatedAt: clock(), updatedBy: by }
      await inTransaction(db, async (tx) => {
        await saveModelGuardrailsRow(tx, changed)
        await record(tx, {
          actor: by,
          action: 'guardrails.put-on-models',
          subject: organisation,
          detail: { before: row?.guardrails ?? [], guardrails },
        })
      })
      take(changed)
      publish({ topic: 'guardrail', id: organisation, application: null })
      return shown(changed)
    },
    /** Reads the row again, for a process that did not write it. */
    async reload(): Promise<void> {
      const changed = await read()
      if (changed?.updatedAt !== row?.updatedAt) take(changed)
    },
  }
}

export type ModelGuardrailsInForce = Awaited<ReturnType<typeof createModelGuardrails>>

const shown = (row: ModelGuardrailsRow | undefined): ModelGuardrails => ({
  guardrails: (row?.guardrails ?? []).map((one) => ({ ...one, words: guardInWords(one.guard) })),
  updatedAt: row?.updatedAt ?? null,
  updatedBy: row?.updatedBy ?? null,
})

function guardsAmong(all: readonly ModelGuardrail[], names: readonly string[]): ModelGuards | undefined {
  const looking = all.filter(({ of }) => of.some((pattern) => names.some((name) => isNamed(pattern, name))))
  if (looking.length === 0) return undefined
  const guards = looking.map(({ guard }) => compiled(guard))
  return {
    input: guards.filter(({ on }) => on === 'input'),
    output: guards.filter(({ on }) => on === 'output'),
    digest: digestOf(looking.map(({ guard }) => guard)),
  }
}

const isNamed = (pattern: string, name: string): boolean =>
  pattern === '*' || pattern === name || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1)))
