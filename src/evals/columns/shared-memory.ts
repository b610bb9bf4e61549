/** Columns of numbers that two threads see at once, so that handing them over copies nothing. All begin as zeros. */

export const wholes = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4))
export const octets = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length))
