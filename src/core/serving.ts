/**
 * How an application is served: at once while somebody waits, or in batches that may take their time; and what it is
 * meant to bear. It is a part of the release, because load is measured against it, and it changes no answer.
 */
import { z } from 'zod'
import { digestOf } from '../kernel/digest.ts'

export const ServingMode = z.enum(['real-time', 'batch'])
export type ServingMode = z.infer<typeof ServingMode>

export const Serving = z
  .strictObject({
    /** real-time: somebody waits for each answer · batch: answers are fetched later, and nobody sees a first word. */
    mode: ServingMode,
    /** Requests a second in the busiest minute that is expected, of all users together. */
    peakPerSecond: z.number().positive().max(100_000).optional(),
    /** 95 of 100 answers are whole within so many milliseconds. */
    p95Ms: z.number().positive().max(86_400_000).optional(),
    /** 95 of 100 streams show their first piece within so many milliseconds. */
    firstTokenMs: z.number().positive().max(86_400_000).optional(),
  })
  .refine(({ mode, firstTokenMs }) => mode === 'real-time' || firstTokenMs === undefined, {
    path: ['firstTokenMs'],
    message: 'nobody waits for the first piece of a batch; leave it out, or say mode: real-time',
  })
export type Serving = z.infer<typeof Serving>

/** What a release says of its serving, as a part that a difference names; undefined where it says nothing. */
export const servingPart = ({ serving }: { readonly serving?: Serving | undefined }) =>
  serving && { kind: 'serving' as const, name: serving.mode, digest: digestOf(serving) }
