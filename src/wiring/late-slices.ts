/** What is made after the models and asked by them, at requests and not while they are made. */
import type { Access } from '../access/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Evals } from '../evals/index.ts'

export type LateSlices = () => { readonly access: Access; readonly delivery: Delivery; readonly evals: Evals }
