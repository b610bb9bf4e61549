/** From which line on errors, cost and a provider that is down are alerts, and how it was drawn before. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { type AlertLines, alertLines } from './queries.ts'

type Lines = AlertLines['lines']
type Line = { readonly key: keyof Lines; readonly label: string; readonly hint: string; readonly isShare: boolean }

const LINES: readonly Line[] = [
  {
    key: 'errors',
    label: say('alert-lines.errors-in'),
    hint: say('alert-lines.of-the-requests-of-one-day'),
    isShare: true,
  },
  {
    key: 'leastRequests',
    label: say('alert-lines.least-requests-in-a-day'),
    hint: say('alert-lines.fewer-say-nothing-of-errors'),
    isShare: false,
  },
  { key: 'cost', label: say('alert-lines.cost-in'), hint: say('alert-lines.of-the-cap-of-the-month'), isShare: true },
  {
    key: 'provider',
    label: say('alert-lines.a-model-that-is-down-in'),
    hint: say('alert-lines.of-its-requests-in-15-minutes'),
    isShare: true,
  },
  {
    key: 'leastAsked',
    label: say('alert-lines.least-requests-of-a-model'),
    hint: say('alert-lines.fewer-in-15-minutes-say-nothing'),
    isShare: false,
  },
]

const inWords = ({ key, isShare }: Line, lines: Lines): string =>
  isShare ? `${Math.round(lines[key] * 1000) / 10} %` : String(lines[key])

export function AlertLinesPage({ name }: { name: string }) {
  const query = useQuery(alertLines(name))
  const mayOperate = useMay()('operate')
  const [isDrawing, setDrawing] = useState(false)
  return (
    <Page
      title={say('alert-lines.lines-of-alerts')}
      crumbs={[
        { label: say('alert-lines.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={
        mayOperate && (
          <Button tone="primary" onClick={() => setDrawing(true)}>
            {say('alert-lines.draw-them-elsewhere')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={6}>
        {(found) => (
          <>
            <Lead>
              {found.history.length === 0
                ? say('alert-lines.these-are-the-lines-that-every')
                : say('alert-lines.these-lines-were-drawn-for-this')}
            </Lead>
            <div className="overflow-x-auto">
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">{say('alert-lines.an-alert-from')}</th>
                    <th scope="col" className="text-right">
                      {say('alert-lines.here')}
                    </th>
                    <th scope="col" className="text-right">
                      {say('alert-lines.for-all')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {LINES.map((line) => (
                    <tr key={line.key}>
                      <th scope="row" className="text-left font-normal whitespace-normal">
                        {line.label.replace(', in %', '')}
                        <div className="text-muted">{line.hint}</div>
                      </th>
                      <td className="text-right font-medium">{inWords(line, found.lines)}</td>
                      <td className="text-right text-muted">{inWords(line, found.usual)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {found.history.length > 0 && (
              <Section title={say('alert-lines.how-they-were-drawn')} count={found.history.length}>
                <ul className="flex flex-col gap-3">
                  {found.history.map((drawn) => (
                    <li key={drawn.id}>
                      <p className="prose-width">{drawn.reason}</p>
                      <p className="text-muted">
                        <Ago at={drawn.createdAt} />
                        {say('alert-lines.errors-cost-a-model', {
                          LINES: inWords(LINES[0] as Line, drawn.lines),
                          LINES2: inWords(LINES[2] as Line, drawn.lines),
                          LINES3: inWords(LINES[3] as Line, drawn.lines),
                        })}
                      </p>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            {isDrawing && <Draw name={name} lines={found.lines} onClose={() => setDrawing(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Draw({ name, lines, onClose }: { name: string; lines: Lines; onClose: () => void }) {
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(
      LINES.map(({ key, isShare }) => [key, String(isShare ? Math.round(lines[key] * 1000) / 10 : lines[key])]),
    ),
  )
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const draw = useMutation({
    mutationFn: () =>
      client.drawAlertLines({
        params: { name },
        body: {
          lines: Object.fromEntries(
            LINES.flatMap(({ key, isShare }) => {
              const text = texts[key]?.trim() ?? ''
              return text === '' ? [] : [[key, isShare ? Number(text) / 100 : Number(text)]]
            }),
          ),
          reason,
        },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['alert'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('alert-lines.draw-the-lines-elsewhere')}
      onClose={onClose}
      doing={draw}
      submit={say('alert-lines.draw-them-here')}
    >
      <div className="grid gap-4 md:grid-cols-2">
        {LINES.map(({ key, label, hint }) => (
          <TextField
            key={key}
            label={label}
            hint={hint}
            value={texts[key] ?? ''}
            onChange={(text) => setTexts({ ...texts, [key]: text })}
          />
        ))}
      </div>
      <TextArea
        label={say('alert-lines.why-there')}
        hint={say('alert-lines.it-stays-in-the-history-a')}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
