/** What the declaration of a route says when it prints a paper with a table. */
import { z } from 'zod'

export const AS_PAPER = {
  query: z.object({ format: z.enum(['markdown', 'html', 'csv']).default('markdown') }),
  gives: ['text/markdown', 'text/html', 'text/csv'],
  raw: 'bytes',
  returns: { 200: null },
} as const
