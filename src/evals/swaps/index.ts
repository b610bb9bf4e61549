/** The public surface of swapped models. */
export { swapsHttp } from './http.ts'
export { createSwaps } from './swaps.ts'
