/** One route: a prompt from one provider's form into another. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'
import { FormTurn, Loss, PromptForm } from './form.ts'

export const convertPrompt = route({
  name: 'convertPrompt',
  method: 'POST',
  path: '/api/v1/prompt-conversions',
  summary:
    'A prompt from one form into another, with what is lost, whether it comes back the same, and how to prove it',
  permission: 'view',
  example: {
    from: 'chat',
    to: 'dotprompt',
    content: '{"messages":[{"role":"user","content":"Hello {name}"}]}',
    placeholders: 'single',
  },
  mcp: true,
  body: z.strictObject({
    from: PromptForm,
    to: PromptForm,
    content: z.string().min(1).max(400_000),
    /** How the content writes placeholders. */
    placeholders: z.enum(['double', 'single']).default('double'),
  }),
  returns: {
    200: z.object({
      content: z.string(),
      losses: z.array(Loss),
      /** True when the new form, read again, has the same turns. */
      same: z.boolean(),
      turns: z.array(FormTurn),
      /** How to show that both answer alike. */
      plan: z.array(z.string()),
    }),
  },
})
