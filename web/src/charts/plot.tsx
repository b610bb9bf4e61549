/** One panel of a plot over time, drawn by uPlot; panels with one `sync` share a cursor. */
import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { clockTime, secondTime } from '../data/time.ts'
import { useShownTheme } from '../shell/theme.ts'
import { say } from '../words/say.ts'

export type Line = {
  label: string
  values: readonly (number | null)[]
  color: string
  width?: number
  dash?: readonly number[]
  isStep?: boolean
  hasDots?: boolean
}

export type Panel = {
  label: string
  times: readonly number[]
  lines: readonly Line[]
  /** Indices of two lines between which the band lies. */
  band?: readonly [number, number]
  format: (value: number) => string
  range?: (low: number, high: number) => [number, number]
  height: number
  hasTimeAxis?: boolean
  sync: string
}

export function Plot(panel: Panel) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | undefined>(undefined)
  const theme = useShownTheme()
  const latest = useRef(panel)
  latest.current = panel
  const shape = panel.lines.map(({ label }) => label).join()

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme or other lines need a new drawing
  useEffect(() => {
    const element = host.current
    if (!element) return
    const made = new uPlot(optionsOf(latest, element), dataOf(latest.current), element)
    plot.current = made
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: latest.current.height }),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [theme, shape])
  useEffect(() => {
    plot.current?.setData(dataOf(panel))
  })
  return (
    <div
      ref={host}
      role="img"
      aria-label={panel.label}
      className="w-full overflow-hidden"
      style={{ minHeight: panel.height }}
    />
  )
}

const dataOf = ({ times, lines }: Panel): uPlot.AlignedData => [[...times], ...lines.map(({ values }) => [...values])]

function optionsOf(latest: { current: Panel }, element: HTMLElement): uPlot.Options {
  const panel = latest.current
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name.replace(/^var\((.*)\)$/, '$1')).trim()
  const axis = {
    stroke: color('--text-muted'),
    font: say('plot.11px-geist-variable-sans-serif'),
    grid: { show: false },
    ticks: { show: false },
  }
  const { range } = panel
  return {
    width: element.clientWidth,
    height: panel.height,
    padding: [8, 12, panel.hasTimeAxis ? 0 : 4, 0],
    legend: { show: false },
    cursor: {
      sync: { key: panel.sync, setSeries: false },
      y: false,
      points: { size: 7 },
      drag: { x: false, y: false },
    },
    scales: { x: { time: true }, y: range ? { range: (_, low, high) => range(low ?? 0, high ?? 1) } : {} },
    axes: [
      {
        ...axis,
        show: panel.hasTimeAxis ?? false,
        size: 24,
        space: 70,
        values: (_, ticks) => withoutRepeats(ticks.map((tick) => tickWords(tick, ticks))),
      },
      {
        ...axis,
        size: 62,
        space: 26,
        values: (_, ticks) => ticks.map((tick) => latest.current.format(tick)),
        grid: { show: true, stroke: color('--border'), width: 1 },
      },
    ],
    series: [
      {},
      ...panel.lines.map(
        (line): uPlot.Series => ({
          label: line.label,
          stroke: color(line.color),
          width: line.width ?? 1.5,
          spanGaps: true,
          points: { show: line.hasDots ?? false, size: 5 },
          ...(line.dash && { dash: [...line.dash] }),
          ...(line.isStep && uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
        }),
      ),
    ],
    ...(panel.band && { bands: [{ series: [panel.band[0] + 1, panel.band[1] + 1], fill: color('--accent-soft') }] }),
  }
}

/** Seconds are said only where the ticks are closer than a minute. */
function tickWords(tick: number, ticks: readonly number[]): string {
  const instant = new Date(tick * 1000).toISOString()
  return (ticks[1] ?? 0) - (ticks[0] ?? 0) < 60 ? secondTime(instant) : clockTime(instant)
}

/** Ticks within one second say it once. */
const withoutRepeats = (words: readonly string[]): string[] =>
  words.map((word, at) => (word === words[at - 1] ? '' : word))
