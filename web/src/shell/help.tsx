/** The keys and the words, one key away from every page. */
import { GLOSSARY } from '../glossary.ts'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../words/say.ts'
import { pageKeys } from './keyboard.ts'
import { ThemeSwitch } from './theme-switch.tsx'

const KEYS = [
  [say('help.k-or-ctrl-k'), say('help.find-anything-do-anything')],
  [say('help.g-then-a-n-r-t-p'), say('help.applications-annotate-rollouts-traces-playground-settings')],
  ['j, k', say('help.down-and-up-through-rows')],
  ['enter', say('help.open-the-row')],
  ['esc', 'close'],
  ['?', say('help.this-help')],
] as const

const words = (name: string): string =>
  /^[A-Z_]+$/.test(name)
    ? name.toLowerCase().replace('_', ' ')
    : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={say('help.keys-and-words')} onClose={onClose} width="max-w-[44rem]">
      <div className="mb-4 md:hidden">
        <ThemeSwitch />
      </div>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1.5">
        {[...pageKeys(), ...KEYS].map(([key, meaning]) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid">
            <dt className="font-mono text-[0.75rem]">{key}</dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-6 mb-2 text-prose">{say('help.words')}</h3>
      <dl className="flex flex-col gap-2.5">
        {Object.entries(GLOSSARY).map(([name, meaning]) => (
          <div key={name}>
            <dt className="font-medium">{words(name)}</dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
