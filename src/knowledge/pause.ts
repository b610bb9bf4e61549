/** Lets requests through while long work goes on: this slice shares its thread with the gateway. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
