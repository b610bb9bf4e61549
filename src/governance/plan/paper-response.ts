/** A paper as a response. What people typed is text in it; a page that is opened here may not run anything all the same. */

const TYPES = {
  markdown: ['text/markdown; charset=utf-8', 'md'],
  html: ['text/html; charset=utf-8', 'html'],
  csv: ['text/csv; charset=utf-8', 'csv'],
} as const

export function paperResponse(text: string, { format, name }: { format: keyof typeof TYPES; name: string }): Response {
  const [type, ending] = TYPES[format]
  const headers = {
    'content-type': type,
    'content-disposition': `${format === 'html' ? 'inline' : 'attachment'}; filename="${name}.${ending}"`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  }
  return new Response(text, { headers })
}
