/** A tool's own report as evidence for one check, from a file on this computer. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Check } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { Choice } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

export function ImportForm({ check, release, onClose }: { check: Check; release: string; onClose: () => void }) {
  const [tool, setTool] = useState(check.imports[0] ?? 'in-toto')
  const [file, setFile] = useState<File>()
  const cache = useQueryClient()
  const bring = useMutation({
    mutationFn: async () =>
      client.importEvidence({
        body: {
          tool,
          release,
          content: (await file?.text()) ?? '',
          ...(tool !== 'training-records' && { check: check.id }),
        },
      }),
    // The row of the check says what the report came to; one that passes leaves its group, and this dialog with it.
    onSuccess: () => {
      onClose()
      void cache.invalidateQueries({ queryKey: ['gate'] })
      void cache.invalidateQueries({ queryKey: ['evidence'] })
    },
  })
  return (
    <FormDialog
      title={say('import-form.import', { title: check.title })}
      onClose={onClose}
      doing={bring}
      submit={say('import-form.import-2')}
    >
      <p>{say('import-form.the-report-is-read-here-and-kept')}</p>
      <Choice
        label={say('import-form.made-by')}
        value={tool}
        onChange={setTool}
        options={[...new Set([...check.imports, 'in-toto'])].map((one) => [one, one] as const)}
        hint={say('import-form.this-check-reads-reports-of-any-other', { imports: list(check.imports) })}
      />
      <div className="flex flex-col gap-1">
        <label htmlFor="report" className="font-medium">
          {say('import-form.report')}
        </label>
        <input
          id="report"
          type="file"
          required
          className="field"
          onChange={({ target }) => setFile(target.files?.[0])}
        />
      </div>
    </FormDialog>
  )
}
