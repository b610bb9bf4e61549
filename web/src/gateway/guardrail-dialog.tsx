/** Making a guardrail on models or changing one. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { modelGuardrails } from '../data/queries.ts'
import type { ModelGuardrail } from '../data/shapes.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { bare, draftOf, type GuardrailDraft, guardrailOf } from './guardrail-draft.ts'

export function GuardrailDialog({
  before,
  all,
  onClose,
}: {
  before: ModelGuardrail | undefined
  all: readonly ModelGuardrail[]
  onClose: () => void
}) {
  const [draft, setDraft] = useState(() => draftOf(before))
  const change = (part: Partial<GuardrailDraft>) => setDraft({ ...draft, ...part })
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: () => {
      const one = guardrailOf(draft)
      const others = all.map((other) => (other === before ? one : bare(other)))
      return client.putModelGuardrails({ body: { guardrails: before ? others : [...others, one] } })
    },
    onSuccess: (found) => {
      cache.setQueryData(modelGuardrails.queryKey, found)
      onClose()
    },
  })
  return (
    <FormDialog
      title={before ? `Change ${before.guard.id}` : 'New guardrail on models'}
      onClose={onClose}
      doing={save}
      submit="Save; it holds from the next request on"
    >
      {!before && (
        <TextField
          label="Name"
          value={draft.id}
          onChange={(id) => change({ id })}
          required
          hint="Lower-case letters, digits and hyphens."
        />
      )}
      <Choice
        label="It looks at"
        value={draft.on}
        onChange={(on) => change({ on: on as GuardrailDraft['on'] })}
        options={[
          ['input', 'what is asked'],
          ['output', 'what is answered'],
        ]}
      />
      <Choice
        label="It looks for"
        value={draft.detector}
        onChange={(detector) => change({ detector: detector as GuardrailDraft['detector'] })}
        options={DETECTORS}
      />
      <Details draft={draft} onChange={change} />
      <Choice
        label="What it finds"
        value={draft.mode}
        onChange={(mode) => change({ mode: mode as GuardrailDraft['mode'] })}
        options={draft.detector === 'length' ? MODES.filter(([mode]) => mode !== 'redact') : MODES}
      />
      {draft.mode === 'block' && (
        <TextField
          label="What is said instead"
          value={draft.message}
          onChange={(message) => change({ message })}
          hint="One line. Left empty: that the question cannot be taken, or the answer not given."
        />
      )}
      <TextField
        label="Of which models"
        value={draft.of}
        onChange={(of) => change({ of })}
        hint="Names by commas: openai/*, openai/gpt-4o-mini, or a route. Left empty: every model. A provider or a model also holds for routes that may ask it."
      />
    </FormDialog>
  )
}

const DETECTORS = [
  ['secrets', 'passwords, keys and tokens'],
  ['email', 'e-mail addresses'],
  ['phone', 'telephone numbers'],
  ['card', 'numbers of payment cards'],
  ['terms', 'words and phrases'],
  ['pattern', 'what looks like something of yours'],
  ['length', 'texts that are too long'],
] as const

const MODES = [
  ['observe', 'is counted'],
  ['redact', 'is replaced by its name'],
  ['block', 'ends the answer, or keeps the question from being asked'],
] as const

function Details({ draft, onChange }: { draft: GuardrailDraft; onChange: (part: Partial<GuardrailDraft>) => void }) {
  switch (draft.detector) {
    case 'terms':
      return (
        <TextField
          label="Words and phrases"
          value={draft.terms}
          onChange={(terms) => onChange({ terms })}
          required
          hint="By commas. Whole words, in any case."
        />
      )
    case 'pattern':
      return (
        <>
          <TextField
            label="Pattern"
            value={draft.pattern}
            onChange={(pattern) => onChange({ pattern })}
            required
            hint="A regular expression in which everything ends, such as KD-\\d{4,8}."
          />
          <TextField
            label="A text that it must find"
            value={draft.example}
            onChange={(example) => onChange({ example })}
            required
          />
          <Choice
            label="Capital and small letters"
            value={draft.anyCase}
            onChange={(anyCase) => onChange({ anyCase: anyCase as GuardrailDraft['anyCase'] })}
            options={[
              ['no', 'differ'],
              ['yes', 'are alike'],
            ]}
          />
        </>
      )
    case 'length':
      return (
        <TextField
          label="Most characters"
          value={draft.most}
          onChange={(most) => onChange({ most })}
          type="number"
          min={1}
          required
          hint="Of the newest question, or of the answer."
        />
      )
    default:
      return null
  }
}
