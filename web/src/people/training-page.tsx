/** Training: what there is to read, how far each group is, and what the organisation asks. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Button, TextLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { GROUP_WORDS, GroupTable } from './group-table.tsx'
import { linesOf } from './people-page.tsx'
import { type TrainingPolicy, trainingCompletion, trainingModules, trainingPolicy } from './queries.ts'

export function TrainingPage() {
  const modules = useQuery(trainingModules)
  const completion = useQuery(trainingCompletion)
  const policy = useQuery(trainingPolicy)
  const [changing, setChanging] = useState(false)
  const [importing, setImporting] = useState(false)
  const may = useMay()
  return (
    <Page
      title="Training"
      actions={
        <>
          {may('attest') && <Button onClick={() => setImporting(true)}>Import records</Button>}
          {may('administer') && <Button onClick={() => setChanging(true)}>Change the paths</Button>}
        </>
      }
    >
      <Loaded query={modules} rows={4}>
        {({ items }) => (
          <>
            <Lead>
              {items.every(({ isPassed }) => isPassed)
                ? 'You have passed all modules.'
                : `You have passed ${items.filter(({ isPassed }) => isPassed).length} of ${items.length} modules. Each takes some minutes and ends with five questions.`}
            </Lead>
            <Section title="Modules" count={items.length}>
              <ul>
                {items.map(({ id, title, says, minutes, groups, isPassed }) => (
                  <li key={id} className="border-t border-line py-3 first:border-0">
                    <TextLink href={`/training/${id}`} className="font-medium">
                      {title}
                    </TextLink>{' '}
                    <span className={isPassed ? 'text-pass' : 'text-muted'}>
                      {isPassed ? 'passed' : `${minutes} minutes`}
                    </span>
                    <p className="text-muted">
                      {says} For {groups.map((group) => GROUP_WORDS[group].toLowerCase()).join(' and ')}.
                    </p>
                  </li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Loaded>
      <Section title="All applications" note="people who are named anywhere, each once in a group">
        <Loaded query={completion} rows={3}>
          {({ groups }) => <GroupTable groups={groups} />}
        </Loaded>
      </Section>
      {changing && policy.data && <ChangePolicy policy={policy.data} onClose={() => setChanging(false)} />}
      {importing && <ImportRecords onClose={() => setImporting(false)} />}
    </Page>
  )
}

function ChangePolicy({ policy, onClose }: { policy: TrainingPolicy; onClose: () => void }) {
  const [paths, setPaths] = useState(policy.paths)
  const [gaps, setGaps] = useState(policy.gaps)
  const cache = useQueryClient()
  const put = useMutation({
    mutationFn: () => client.putTrainingPolicy({ body: { ...policy, paths, gaps } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['training'] })
      onClose()
    },
  })
  const change = (group: string, part: Partial<TrainingPolicy['paths'][number]>) =>
    setPaths(paths.map((path) => (path.group === group ? { ...path, ...part } : path)))
  const percent = (text: string) => Number(text) / 100
  return (
    <Dialog title="Who reads what" onClose={onClose} width="max-w-[44rem]">
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          put.mutate()
        }}
      >
        {paths.map((path) => (
          <fieldset key={path.group} className="grid gap-3 md:grid-cols-3">
            <legend className="mb-2 font-medium">{GROUP_WORDS[path.group]}</legend>
            <TextField
              label="Share of all, in %"
              type="number"
              min={0}
              max={100}
              value={String(Math.round(path.staffShare * 100))}
              onChange={(text) => change(path.group, { staffShare: percent(text) })}
            />
            <TextField
              label="Agreed to finish, in %"
              type="number"
              min={0}
              max={100}
              value={String(Math.round(path.target * 100))}
              onChange={(text) => change(path.group, { target: percent(text) })}
            />
            <Choice
              label="What counts"
              value={path.needs}
              onChange={(needs) => change(path.group, { needs: needs as typeof path.needs })}
              options={[
                ['one', 'any passed module'],
                ['all', 'each that is listed'],
              ]}
            />
            <div className="md:col-span-3">
              <TextArea
                label="Modules"
                hint="One a line: the id of a module here, or the name under which another school records it."
                rows={2}
                value={path.modules.map(({ id }) => id).join('\n')}
                onChange={(text) =>
                  change(path.group, {
                    modules: linesOf(text).map((id) => path.modules.find((one) => one.id === id) ?? { id }),
                  })
                }
              />
            </div>
          </fieldset>
        ))}
        <Choice
          label="When somebody holds a duty and has not learnt for it"
          value={gaps}
          onChange={(value) => setGaps(value as typeof gaps)}
          options={[
            ['warn', 'show it'],
            ['block', 'do not give the duty'],
          ]}
        />
        {put.error && <Trouble failure={put.error} />}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" busy={put.isPending}>
            Keep
          </Button>
          <Button onClick={onClose}>Close</Button>
        </div>
      </form>
    </Dialog>
  )
}

function ImportRecords({ onClose }: { onClose: () => void }) {
  const [content, setContent] = useState('person,module,score,date\n')
  const cache = useQueryClient()
  const bring = useMutation({
    mutationFn: () => client.importTrainingRecords({ body: { content } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['training'] })
      onClose()
    },
  })
  return (
    <Dialog title="Import records" onClose={onClose} width="max-w-[44rem]">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          bring.mutate()
        }}
      >
        <TextArea
          label="CSV or JSON"
          hint="person, module, score (0 to 1 or a percentage), date, and expires if it does. All rows or none."
          rows={10}
          value={content}
          onChange={setContent}
          minLength={10}
        />
        {bring.error && <Trouble failure={bring.error} />}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" busy={bring.isPending}>
            Import
          </Button>
          <Button onClick={onClose}>Close</Button>
        </div>
      </form>
    </Dialog>
  )
}
