/** Asking for a model, deciding what somebody else asked for, and withdrawing it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import type { ModelApproval } from '../data/shapes.ts'
import { STAGE_WORDS } from '../delivery/stages.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Facts } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { FindingList } from './finding-list.tsx'
import { ObligationList } from './obligation-list.tsx'

const STAGES = { poc: ['poc'], pilot: ['poc', 'pilot'], production: ['poc', 'pilot', 'production'] } as const
const CLASSES = {
  none: ['none'],
  contact: ['none', 'contact'],
  sensitive: ['none', 'contact', 'sensitive'],
  unknown: ['none', 'contact', 'sensitive', 'unknown'],
} as const

function useDone(onClose: () => void) {
  const cache = useQueryClient()
  return async () => {
    await cache.invalidateQueries({ queryKey: ['model-approval'] })
    await cache.invalidateQueries({ queryKey: ['model-card'] })
    onClose()
  }
}

export function RequestDialog({ model, onClose }: { model: string; onClose: () => void }) {
  const [upTo, setUpTo] = useState<keyof typeof STAGES>('poc')
  const [data, setData] = useState<keyof typeof CLASSES>('none')
  const [use, setUse] = useState<'commercial' | 'non-commercial'>('commercial')
  const [regions, setRegions] = useState('')
  const [alias, setAlias] = useState<'no' | 'yes'>('no')
  const [reason, setReason] = useState('')
  const residency = regions.split(',').flatMap((one) => one.trim() || [])
  const aliasAccepted = alias === 'yes'
  const check = { model, stage: upTo, use, dataClass: data, residency, aliasAccepted }
  const findings = useQuery({
    queryKey: ['model-rule', check],
    queryFn: () => client.checkModelRules({ body: check }),
  })
  const done = useDone(onClose)
  const request = useMutation({
    mutationFn: () =>
      client.requestModelApproval({
        body: {
          model,
          stages: [...STAGES[upTo]],
          dataClasses: [...CLASSES[data]],
          uses: [use],
          residency,
          aliasAccepted,
          reason,
        },
      }),
    onSuccess: done,
  })
  return (
    <FormDialog
      title={say('approval-dialogs.ask-for', { model })}
      onClose={onClose}
      doing={request}
      submit={say('approval-dialogs.ask-for-approval')}
    >
      <Choice
        label={say('approval-dialogs.up-to-which-stage')}
        value={upTo}
        onChange={(value) => setUpTo(value as typeof upTo)}
        options={[
          ['poc', say('approval-dialogs.proof-of-concept')],
          ['pilot', STAGE_WORDS.pilot],
          ['production', STAGE_WORDS.production],
        ]}
      />
      <Choice
        label={say('approval-dialogs.personal-data')}
        value={data}
        onChange={(value) => setData(value as typeof data)}
        options={[
          ['none', 'none'],
          ['contact', say('approval-dialogs.up-to-contact-data')],
          ['sensitive', say('approval-dialogs.up-to-sensitive-data')],
          ['unknown', say('approval-dialogs.not-known')],
        ]}
      />
      <Choice
        label={say('approval-dialogs.use')}
        value={use}
        onChange={(value) => setUse(value as typeof use)}
        options={[
          ['commercial', 'commercial'],
          ['non-commercial', 'non-commercial'],
        ]}
      />
      <TextField
        label={say('approval-dialogs.where-it-may-be-processed')}
        value={regions}
        onChange={setRegions}
        hint={say('approval-dialogs.for-example-eu-empty-when-nobody-restricts')}
      />
      <Choice
        label={say('approval-dialogs.a-name-that-may-come-to-mean')}
        value={alias}
        onChange={(value) => setAlias(value as typeof alias)}
        options={[
          ['no', say('approval-dialogs.is-not-accepted')],
          ['yes', say('approval-dialogs.is-accepted')],
        ]}
      />
      <TextArea label={say('approval-dialogs.why-it-is-needed')} value={reason} onChange={setReason} minLength={10} />
      <Rules>
        <Loaded query={findings} rows={3}>
          {({ items }) => <FindingList findings={items} />}
        </Loaded>
      </Rules>
    </FormDialog>
  )
}

export function DecideDialog({ approval, onClose }: { approval: ModelApproval; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const nameOf = useNames()
  const done = useDone(onClose)
  const { id, model, stages, uses, dataClasses, residency, until, requestedBy } = approval
  const decide = useMutation({
    mutationFn: (decision: 'approve' | 'refuse') =>
      client.decideModelApproval({ params: { id }, body: { decision, reason } }),
    onSuccess: done,
  })
  const isShort = reason.trim().length < 10
  return (
    <Dialog title={say('approval-dialogs.review', { model })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Facts
          items={[
            [say('approval-dialogs.asked-by'), nameOf(requestedBy)],
            [say('approval-dialogs.why-2'), approval.reason],
            [say('approval-dialogs.stages'), list(stages.map((stage) => STAGE_WORDS[stage]))],
            [say('approval-dialogs.uses'), uses.join(', ')],
            [say('approval-dialogs.personal-data-2'), dataClasses.join(', ')],
            [say('approval-dialogs.processed-in'), residency.join(', ') || say('approval-dialogs.anywhere')],
            [say('approval-dialogs.until'), until.slice(0, 10)],
          ]}
        />
        <Rules>
          <FindingList findings={approval.findings} />
        </Rules>
        <div>
          <p className="mb-2 font-medium">{say('approval-dialogs.what-its-licence-asks-for')}</p>
          <ObligationList found={approval.obligations} />
        </div>
        {approval.lineage && (
          <div>
            <p className="mb-2 font-medium">{say('approval-dialogs.how-it-was-trained')}</p>
            {approval.lineage.complete && <p>{say('training-section.its-lineage-is-complete')}</p>}
            {approval.lineage.missing.map((one) => (
              <p key={one} className="text-inconclusive">
                {one}
              </p>
            ))}
          </div>
        )}
        <TextArea
          label={say('approval-dialogs.what-the-decision-rests-on')}
          value={reason}
          onChange={setReason}
          minLength={10}
          hint={say('approval-dialogs.a-sentence-before-you-decide')}
        />
        {decide.error && <Trouble failure={decide.error} />}
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" busy={decide.isPending} disabled={isShort} onClick={() => decide.mutate('approve')}>
            {say('approval-dialogs.approve')}
          </Button>
          <Button tone="danger" busy={decide.isPending} disabled={isShort} onClick={() => decide.mutate('refuse')}>
            {say('approval-dialogs.refuse')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

export function WithdrawDialog({ approval: { id, model }, onClose }: { approval: ModelApproval; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const done = useDone(onClose)
  const withdraw = useMutation({
    mutationFn: () => client.withdrawModelApproval({ params: { id }, body: { reason } }),
    onSuccess: done,
  })
  return (
    <FormDialog
      title={say('approval-dialogs.withdraw', { model })}
      onClose={onClose}
      doing={withdraw}
      submit={say('approval-dialogs.withdraw-2')}
      tone="danger"
    >
      <p>{say('approval-dialogs.from-now-on-no-release-with-it')}</p>
      <TextArea label={say('approval-dialogs.why')} value={reason} onChange={setReason} minLength={10} />
    </FormDialog>
  )
}

const Rules = ({ children }: { children: ReactNode }) => (
  <div>
    <p className="mb-2 font-medium">{say('approval-dialogs.what-the-rules-say')}</p>
    {children}
  </div>
)
