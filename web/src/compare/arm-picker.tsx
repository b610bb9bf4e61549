/** Which arms stand side by side: all arms of experiments that have ended, by dataset. */
import { useState } from 'react'
import type { Experiment } from '../../../sdk/index.ts'
import { shortTime } from '../data/time.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const MOST = 12

type Props = {
  experiments: readonly Experiment[]
  chosen: readonly string[]
  onChoose: (arms: readonly string[]) => void
  onClose: () => void
}

export function ArmPicker({ experiments, chosen: before, onChoose, onClose }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(before))
  const datasetOf = (arm: string) => experiments.find(({ id }) => arm.startsWith(id))?.dataset
  const dataset = datasetOf([...chosen][0] ?? '')
  const turn = (arm: string) =>
    setChosen((held) => (held.has(arm) ? new Set([...held].filter((one) => one !== arm)) : new Set([...held, arm])))
  return (
    <Dialog title={say('arm-picker.choose-arms')} onClose={onClose} width="max-w-[42rem]">
      <p className="mb-3 text-muted">{sayWith('arm-picker.two-to-that-answered-the-same-questions', { most: MOST })}</p>
      <div className="flex max-h-[60vh] flex-col gap-4 overflow-y-auto">
        {experiments.map(({ id, suite, dataset: asked, createdAt, arms }) => (
          <fieldset key={id} className="flex flex-col gap-1">
            <legend className="mb-1 text-muted">
              {sayWith('arm-picker.on', { suite, asked, createdAt: shortTime(createdAt) })}
            </legend>
            {arms.map(({ arm, label }) => {
              const key = `${id}:${arm}`
              const isOther = dataset !== undefined && asked !== dataset
              return (
                <label key={key} className={`flex items-baseline gap-2 ${isOther ? 'text-muted' : ''}`}>
                  <input
                    type="checkbox"
                    checked={chosen.has(key)}
                    disabled={isOther || (!chosen.has(key) && chosen.size >= MOST)}
                    onChange={() => turn(key)}
                  />
                  {label}
                </label>
              )
            })}
          </fieldset>
        ))}
      </div>
      <div className="mt-4 flex items-center gap-3">
        <Button tone="primary" disabled={chosen.size < 2} onClick={() => onChoose([...chosen])}>
          {sayWith('arm-picker.compare', { size: chosen.size })}
        </Button>
        <Button onClick={onClose}>{say('arm-picker.not-now')}</Button>
      </div>
    </Dialog>
  )
}
