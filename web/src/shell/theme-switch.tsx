/** System, light, dark: three small buttons of which one is pressed. */
import { Monitor, Moon, Sun } from 'lucide-react'
import { say } from '../words/say.ts'
import { chooseTheme, useTheme } from './theme.ts'

const THEMES = [
  { theme: 'system', label: say('theme-switch.as-the-system'), icon: Monitor },
  { theme: 'light', label: say('theme-switch.light'), icon: Sun },
  { theme: 'dark', label: say('theme-switch.dark'), icon: Moon },
] as const

export function ThemeSwitch() {
  const current = useTheme()
  return (
    <fieldset className="flex gap-0.5">
      <legend className="sr-only">{say('theme-switch.theme')}</legend>
      {THEMES.map(({ theme, label, icon: Icon }) => (
        <button
          key={theme}
          type="button"
          aria-label={label}
          aria-pressed={current === theme}
          title={label}
          onClick={() => chooseTheme(theme)}
          className="grid size-7 place-items-center rounded text-muted hover:bg-hover aria-pressed:bg-selected aria-pressed:text-text"
        >
          <Icon size={14} aria-hidden />
        </button>
      ))}
    </fieldset>
  )
}
