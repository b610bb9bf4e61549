/**
 * The kill switch: an application, a release, a model or a provider stops answering at once.
 *
 * Invariant: what is off is in memory before `off` answers, so that the next request of this process is refused;
 * other processes learn of it by `replace`, which access calls when the log says that something changed.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { removeSwitch, saveSwitch } from './store.ts'
import { type Switch, type SwitchKind, sentenceOf } from './switch.ts'

export type SwitchesDeps = {
  db: Database
  clock: Clock
  organisation: string
  record: RecordAudit
  publish: (event: ChangeEvent) => void
  nameOf: (actor: ActorId) => string
  /** Throws the sentence that helps when there is no such thing: a slip in an emergency must not look like success. */
  demandKnown: (kind: SwitchKind, name: string) => Promise<void>
  /** Called after each change in memory. */
  changed: () => void
}

type Ask = { kind: SwitchKind; name: string; reason: string; by: ActorId }

export function createSwitches(deps: SwitchesDeps) {
  const { db, clock, organisation, record, publish, nameOf, demandKnown, changed } = deps
  let off = new Map<string, Switch>()
  const idOf = (kind: SwitchKind, name: string) => `${kind} ${name}`

  const announce = ({ kind, name }: Switch) => {
    changed()
    publish({ topic: 'switch', id: idOf(kind, name), application: kind === 'application' ? name : null })
  }

  return {
    /** For every request: the sentence for whoever is refused, or undefined when it is on. From memory. */
    whyOff(kind: SwitchKind, name: string): string | undefined {
      if (off.size === 0) return undefined
      const found = off.get(idOf(kind, name))
      return found && sentenceOf(found, nameOf(found.offBy))
    },

    list: (): Switch[] => [...off.values()],

    /** Switching off again gives a new reason. */
    async switchOff({ kind, name, reason, by }: Ask): Promise<Switch> {
      await demandKnown(kind, name)
      const row: Switch = { organisation, kind, name, reason, offBy: by, offAt: clock() }
      await inTransaction(db, async (tx) => {
        await saveSwitch(tx, row)
        await record(tx, { actor: by, action: 'access.switch-off', ...about(kind, name), detail: { kind, reason } })
      })
      off.set(idOf(kind, name), row)
      announce(row)
      return row
    },

    async switchOn({ kind, name, reason, by }: Ask): Promise<Switch> {
      const row = await inTransaction(db, async (tx) => {
        const removed = await removeSwitch(tx, { organisation, kind, name })
        if (!removed)
          throw new Failure('unknown', 'access.not-switched-off', `The ${kind} ${name} is not switched off.`)
        const detail = { kind, reason, offSince: removed.offAt, offBecause: removed.reason }
        await record(tx, { actor: by, action: 'access.switch-on', ...about(kind, name), detail })
        return removed
      })
      off.delete(idOf(kind, name))
      announce(row)
      return row
    },

    /** Takes what was read from the table in place of what is in memory. */
    replace(rows: readonly Switch[]): void {
      off = new Map(rows.map((row) => [idOf(row.kind, row.name), row]))
    },
  }
}

export type Switches = ReturnType<typeof createSwitches>

const about = (kind: SwitchKind, name: string) => ({
  subject: name,
  application: kind === 'application' ? name : null,
})
