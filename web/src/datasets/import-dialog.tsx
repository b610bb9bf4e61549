/** A file into a dataset: what it is, why, and afterwards what entered and what did not. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ImportResult } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Problems, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

type Split = 'build' | 'regress' | 'holdout' | 'calibration'
type Mode = 'append' | 'merge' | 'replace'

export function ImportDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [file, setFile] = useState<File>()
  const [reason, setReason] = useState('')
  const [split, setSplit] = useState('')
  const [mode, setMode] = useState('append')
  const [encoding, setEncoding] = useState('')
  const [sheet, setSheet] = useState('')
  const [question, setQuestion] = useState('')
  const [answer, setAnswer] = useState('')
  const id = useId()
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: async (chosen: File) => {
      const { body } = await client.importRows({
        params: { dataset: name },
        query: {
          reason: reason || say('import-dialog.import-of', { name: chosen.name }),
          file: chosen.name,
          mode: mode as Mode,
          ...(split && { split: split as Split }),
          ...(encoding && { encoding }),
          ...(sheet && isWorkbook(chosen) && { sheet }),
          ...(question || answer ? { columns: columnsOf({ input: question, expected: answer }) } : {}),
        },
        body: chosen,
      })
      return body
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['dataset'] }),
  })
  return (
    <Dialog title={say('import-dialog.import-a-file')} onClose={onClose}>
      {send.data ? (
        <Outcome result={send.data} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (file) send.mutate(file)
          }}
        >
          <div className="flex flex-col gap-1">
            <label htmlFor={id} className="font-medium">
              {say('import-dialog.file')}
            </label>
            <input
              id={id}
              type="file"
              required
              accept=".jsonl,.ndjson,.json,.csv,.tsv,.xlsx,.parquet,.yaml,.yml"
              onChange={(event) => setFile(event.target.files?.[0])}
              className="field"
            />
            <p className="text-muted">{say('import-dialog.json-lines-csv-a-spreadsheet-parquet-or')}</p>
          </div>
          <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
            <TextField
              label={say('import-dialog.column-with-what-is-asked')}
              value={question}
              onChange={setQuestion}
              hint={say('import-dialog.empty-it-is-called-input')}
            />
            <TextField
              label={say('import-dialog.column-with-the-answer-that-is-right')}
              value={answer}
              onChange={setAnswer}
              hint={say('import-dialog.empty-it-is-called-expected-if-there')}
            />
          </div>
          <TextField
            label={say('import-dialog.why')}
            value={reason}
            onChange={setReason}
            hint={say('import-dialog.others-read-it-beside-the-version')}
          />
          <Choice
            label={say('import-dialog.rows-whose-id-is-there-already')}
            value={mode}
            onChange={setMode}
            options={[
              ['append', say('import-dialog.wait-in-quarantine-when-they-say-something')],
              ['merge', say('import-dialog.replace-what-is-there')],
              ['replace', say('import-dialog.the-file-is-the-whole-version')],
            ]}
          />
          <Choice
            label={say('import-dialog.split-of-rows-that-name-none')}
            value={split}
            onChange={setSplit}
            options={[
              ['', 'regress'],
              ['build', 'build'],
              ['holdout', 'holdout'],
              ['calibration', 'calibration'],
            ]}
          />
          <TextField
            label={say('import-dialog.encoding')}
            value={encoding}
            onChange={setEncoding}
            hint={say('import-dialog.only-when-it-is-neither-utf-8')}
          />
          {file && isWorkbook(file) && (
            <TextField
              label={say('import-dialog.sheet')}
              value={sheet}
              onChange={setSheet}
              hint={say('import-dialog.sheet-hint')}
            />
          )}
          {send.error && <Trouble failure={send.error} />}
          <Button type="submit" tone="primary" busy={send.isPending} disabled={!file}>
            {say('import-dialog.import')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}

const isWorkbook = ({ name }: File): boolean => /\.xlsx$/i.test(name)

/** As the route takes them, those alone that were said. */
const columnsOf = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .flatMap(([field, column]) => (column.trim() === '' ? [] : [`${field}=${column.trim()}`]))
    .join(',')

function Outcome({ result, onClose }: { result: ImportResult; onClose: () => void }) {
  const { version, read, entered, unchanged, quarantined, problems, notes, format, encoding } = result
  return (
    <div className="flex flex-col gap-3">
      <p className="text-prose">
        {version
          ? say('import-dialog.of-rows-entered-as-version', {
              entered: number(entered),
              read: number(read),
              number: version.number,
            })
          : say('import-dialog.nothing-new-entered')}
      </p>
      <p className="text-muted">
        {sayWith('import-dialog.read-as-were-there-already-wait-in', {
          format,
          encoding: encoding ? say('import-dialog.in', { encoding }) : '',
          unchanged: number(unchanged),
          quarantined: number(quarantined),
        })}
      </p>
      {notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
      {problems.length > 0 && (
        <Scrollable className="max-h-64 overflow-y-auto">
          <Problems problems={problems} />
        </Scrollable>
      )}
      <Button tone="primary" onClick={onClose}>
        {say('import-dialog.done')}
      </Button>
    </div>
  )
}
