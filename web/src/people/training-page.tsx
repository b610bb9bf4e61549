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
import { say } from '../words/say.ts'
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
      title={say('training.training')}
      actions={
        <>
          {may('attest') && <Button onClick={() => setImporting(true)}>{say('training.import-records')}</Button>}
          {may('administer') && <Button onClick={() => setChanging(true)}>{say('training.change-the-paths')}</Button>}
        </>
      }
    >
      <Loaded query={modules} rows={4}>
        {({ items }) => (
          <>
            <Lead>
              {items.every(({ isPassed }) => isPassed)
                ? say('training.you-have-passed-all-modules')
                : say('training.you-have-passed-of-modules-each', {
                    items: items.filter(({ isPassed }) => isPassed).length,
                    items2: items.length,
                  })}
            </Lead>
            <Section title={say('training.modules')} count={items.length}>
              <ul>
                {items.map(({ id, title, says, minutes, groups, isPassed }) => (
                  <li key={id} className="border-t border-line py-3 first:border-0">
                    <TextLink href={`/training/${id}`} className="font-medium">
                      {title}
                    </TextLink>{' '}
                    <span className={isPassed ? 'text-pass' : 'text-muted'}>
                      {isPassed ? say('training.passed') : say('training.minutes', { minutes })}
                    </span>
                    <p className="text-muted">
                      {say('training.for', { says })}{' '}
                      {groups.map((group) => GROUP_WORDS[group].toLowerCase()).join(' and ')}.
                    </p>
                  </li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Loaded>
      <Section title={say('training.all-applications')} note={say('training.people-who-are-named-anywhere-each')}>
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
    <Dialog title={say('training.who-reads-what')} onClose={onClose} width="max-w-[44rem]">
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
              label={say('training.share-of-all-in')}
              type="number"
              min={0}
              max={100}
              value={String(Math.round(path.staffShare * 100))}
              onChange={(text) => change(path.group, { staffShare: percent(text) })}
            />
            <TextField
              label={say('training.agreed-to-finish-in')}
              type="number"
              min={0}
              max={100}
              value={String(Math.round(path.target * 100))}
              onChange={(text) => change(path.group, { target: percent(text) })}
            />
            <Choice
              label={say('training.what-counts')}
              value={path.needs}
              onChange={(needs) => change(path.group, { needs: needs as typeof path.needs })}
              options={[
                ['one', say('training.any-passed-module')],
                ['all', say('training.each-that-is-listed')],
              ]}
            />
            <div className="md:col-span-3">
              <TextArea
                label={say('training.modules')}
                hint={say('training.one-a-line-the-id-of')}
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
          label={say('training.when-somebody-holds-a-duty-and')}
          value={gaps}
          onChange={(value) => setGaps(value as typeof gaps)}
          options={[
            ['warn', say('training.show-it')],
            ['block', say('training.do-not-give-the-duty')],
          ]}
        />
        {put.error && <Trouble failure={put.error} />}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" busy={put.isPending}>
            {say('training.keep')}
          </Button>
          <Button onClick={onClose}>{say('training.close')}</Button>
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
    <Dialog title={say('training.import-records')} onClose={onClose} width="max-w-[44rem]">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          bring.mutate()
        }}
      >
        <TextArea
          label={say('training.csv-or-json')}
          hint={say('training.person-module-score-0-to-1')}
          rows={10}
          value={content}
          onChange={setContent}
          minLength={10}
        />
        {bring.error && <Trouble failure={bring.error} />}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" busy={bring.isPending}>
            {say('training.import')}
          </Button>
          <Button onClick={onClose}>{say('training.close')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
