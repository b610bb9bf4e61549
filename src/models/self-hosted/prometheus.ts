/** Figures of a text in Prometheus' format 0.0.4, as far as they are needed: the sum over all labels of a name. */

export type Metrics = ReadonlyMap<string, number>

/** Lines that cannot be read are passed over: other people's servers write them. */
export function readMetricsText(text: string): Metrics {
  // Some builds of llama.cpp answer with the text as a JSON string.
  const lines = (/^"# /.test(text) ? (JSON.parse(text) as string) : text).split('\n')
  const sums = new Map<string, number>()
  for (const line of lines) {
    const [, name, value] = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)/.exec(line) ?? []
    const number = Number(value)
    if (name !== undefined && Number.isFinite(number)) sums.set(name, (sums.get(name) ?? 0) + number)
  }
  return sums
}
