/**
 * Connections on which nobody has said a word yet. Clients open some ahead of need, and Node counts each as one that is
 * about to ask: a server that ends would wait for it as long as for the longest answer.
 */
import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'

/** Watches a server's connections from now on; `end` cuts off the silent ones. */
export function watchSilent(server: EventEmitter): { end(): void } {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return {
    end() {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    },
  }
}
