/** Making a guardrail on models or changing one. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { modelGuardrails } from '../data/queries.ts'
import type { ModelGuardrail } from '../data/shapes.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
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
      title={
        before
          ? say('guardrail-dialog.change', { id: before.guard.id })
          : say('guardrail-dialog.new-guardrail-on-models')
      }
      onClose={onClose}
      doing={save}
      submit={say('guardrail-dialog.save-it-holds-from-the-next-request')}
    >
      {!before && (
        <TextField
          label={say('guardrail-dialog.name')}
          value={draft.id}
          onChange={(id) => change({ id })}
          required
          hint={say('guardrail-dialog.lower-case-letters-digits-and-hyphens')}
        />
      )}
      <Choice
        label={say('guardrail-dialog.it-looks-at')}
        value={draft.on}
        onChange={(on) => change({ on: on as GuardrailDraft['on'] })}
        options={[
          ['input', say('guardrail-dialog.what-is-asked')],
          ['output', say('guardrail-dialog.what-is-answered')],
        ]}
      />
      <Choice
        label={say('guardrail-dialog.it-looks-for')}
        value={draft.detector}
        onChange={(detector) => change({ detector: detector as GuardrailDraft['detector'] })}
        options={DETECTORS}
      />
      <Details draft={draft} onChange={change} />
      <Choice
        label={say('guardrail-dialog.what-it-finds')}
        value={draft.mode}
        onChange={(mode) => change({ mode: mode as GuardrailDraft['mode'] })}
        options={draft.detector === 'length' ? MODES.filter(([mode]) => mode !== 'redact') : MODES}
      />
      {draft.mode === 'block' && (
        <TextField
          label={say('guardrail-dialog.what-is-said-instead')}
          value={draft.message}
          onChange={(message) => change({ message })}
          hint={say('guardrail-dialog.one-line-left-empty-that-the-question')}
        />
      )}
      <TextField
        label={say('guardrail-dialog.of-which-models')}
        value={draft.of}
        onChange={(of) => change({ of })}
        hint={say('guardrail-dialog.names-by-commas-openai-openai-gpt-4o')}
      />
    </FormDialog>
  )
}

const DETECTORS = [
  ['secrets', say('guardrail-dialog.passwords-keys-and-tokens')],
  ['email', 'e-mail addresses'],
  ['phone', say('guardrail-dialog.telephone-numbers')],
  ['card', say('guardrail-dialog.numbers-of-payment-cards')],
  ['terms', say('guardrail-dialog.words-and-phrases')],
  ['pattern', say('guardrail-dialog.what-looks-like-something-of-yours')],
  ['length', say('guardrail-dialog.texts-that-are-too-long')],
] as const

const MODES = [
  ['observe', say('guardrail-dialog.is-counted')],
  ['redact', say('guardrail-dialog.is-replaced-by-its-name')],
  ['block', say('guardrail-dialog.ends-the-answer-or-keeps-the-question')],
] as const

function Details({ draft, onChange }: { draft: GuardrailDraft; onChange: (part: Partial<GuardrailDraft>) => void }) {
  switch (draft.detector) {
    case 'terms':
      return (
        <TextField
          label={say('guardrail-dialog.words-and-phrases-2')}
          value={draft.terms}
          onChange={(terms) => onChange({ terms })}
          required
          hint={say('guardrail-dialog.by-commas-whole-words-in-any-case')}
        />
      )
    case 'pattern':
      return (
        <>
          <TextField
            label={say('guardrail-dialog.pattern')}
            value={draft.pattern}
            onChange={(pattern) => onChange({ pattern })}
            required
            hint={say('guardrail-dialog.a-regular-expression-in-which-everything-ends')}
          />
          <TextField
            label={say('guardrail-dialog.a-text-that-it-must-find')}
            value={draft.example}
            onChange={(example) => onChange({ example })}
            required
          />
          <Choice
            label={say('guardrail-dialog.capital-and-small-letters')}
            value={draft.anyCase}
            onChange={(anyCase) => onChange({ anyCase: anyCase as GuardrailDraft['anyCase'] })}
            options={[
              ['no', 'differ'],
              ['yes', say('guardrail-dialog.are-alike')],
            ]}
          />
        </>
      )
    case 'length':
      return (
        <TextField
          label={say('guardrail-dialog.most-characters')}
          value={draft.most}
          onChange={(most) => onChange({ most })}
          type="number"
          min={1}
          required
          hint={say('guardrail-dialog.of-the-newest-question-or-of-the')}
        />
      )
    default:
      return null
  }
}
