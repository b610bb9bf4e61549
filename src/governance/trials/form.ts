/** The form behind a link: no account, as many answers as the link says, and a way to take an answer back. */
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { createPace } from '../pace.ts'
import type { Said } from './contract.ts'
import { addAnswer, findByWithdrawal, findLink, removeAnswer, useLink } from './store.ts'
import type { Trial, TrialAnswer, TrialId } from './trial.ts'

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly newToken: () => string
  readonly find: (id: TrialId) => Promise<Trial>
  /** Told of what changed, after it is kept. */
  readonly told: (trial: Trial) => Promise<void>
}

export function createForm({ db, clock, newId, organisation, newToken, find, told }: Deps) {
  const pace = createPace({ clock })

  async function openTrial(token: string): Promise<{ trial: Trial; mostUses: number }> {
    const link = await findLink(db, digestOf(token))
    pace(link?.id ?? 'unknown')
    if (!link || link.revokedAt !== null) throw gone('This link leads nowhere. Ask whoever sent it for a new one.')
    const trial = await find(link.trial)
    if (trial.closedAt !== null) throw gone('This trial is over. Thank you all the same.')
    if (link.uses >= link.mostUses) throw gone('This link was used already. Thank you.')
    return { trial, mostUses: link.mostUses }
  }

  /** Keeps what was said; gives the text with which it is taken back. */
  async function keep(
    tx: Tx,
    trial: Trial,
    { rating, comment, results }: Said,
    from: Pick<TrialAnswer, 'kind' | 'link' | 'who'>,
  ): Promise<string> {
    const unknown = results.find(({ task }) => !trial.tasks.some(({ id }) => id === task))
    if (unknown)
      throw new Failure('invalid', 'governance.task-unknown', `results: the trial has no task ${unknown.task}.`)
    const withdrawal = newToken()
    await addAnswer(tx, {
      ...from,
      ...{ id: newId('tan'), organisation, trial: trial.id, rating, comment: comment || null, results, at: clock() },
      consentDigest: digestOf(trial.consent),
      withdrawal: digestOf(withdrawal),
    })
    return withdrawal
  }

  return {
    keep,

    async form(token: string) {
      const { trial, mostUses } = await openTrial(token)
      const { title, application, tasks, consent, retentionDays } = trial
      return { title, application, tasks, consent, retentionDays, isShared: mostUses > 1 }
    },

    async answer(token: string, said: Said) {
      const { trial } = await openTrial(token)
      const withdrawal = await inTransaction(db, async (tx) => {
        const link = await useLink(tx, digestOf(token))
        if (!link) throw gone('This link was used already. Thank you.')
        return keep(tx, trial, said, { kind: 'form', link: link.id, who: link.mostUses === 1 ? link.label : null })
      })
      await told(trial)
      return { withdrawal, keptUntilDaysAfterEnd: trial.retentionDays, at: clock() }
    },

    async withdraw(withdrawal: string): Promise<void> {
      pace('withdrawal')
      const answer = await findByWithdrawal(db, digestOf(withdrawal))
      if (!answer) throw gone('There is no such answer, or it is gone already.')
      await inTransaction(db, (tx) => removeAnswer(tx, answer.id))
      await told(await find(answer.trial))
    },
  }
}

const gone = (message: string) => new Failure('unknown', 'governance.form-gone', message)
