/** The provider, the bare proxy and our gateway, each as a process of its own. */
import { createProcesses, type Process } from './processes.ts'

/** @param isIngesting whether what is recorded goes into the database too */
export async function withGateway(
  work: (all: { upstream: string; bare: Process; ours: Process }) => Promise<void>,
  { isIngesting = false, spans = 0 } = {},
): Promise<void> {
  const processes = createProcesses()
  try {
    const { target } = await processes.open('provider', './upstream.ts', [])
    const upstream = target.origin
    const [bare, ours] = await Promise.all([
      processes.open('bare', './bare-proxy.ts', [upstream]),
      processes.open('ours', './our-gateway.ts', [upstream, isIngesting ? 'ingest' : 'spool', String(spans)], true),
    ])
    await work({ upstream, bare, ours })
  } finally {
    processes.endAll()
  }
}
