/** What a tool would be called with, a line for each argument; as it stands where it is no longer JSON. */
export function CallArguments({ text }: { text: string }) {
  const lines = linesOf(text)
  if (!lines) return <p className="prose-width">{text}</p>
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4">
      {lines.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 whitespace-pre-wrap break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function linesOf(text: string): [string, string][] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.entries(value).map(([name, one]) => [
      name,
      typeof one === 'string' ? one : JSON.stringify(one, null, 2),
    ])
  } catch {
    return undefined
  }
}
