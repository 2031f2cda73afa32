// Run once while the image is built: everything that the container's programs load is compiled and kept.
import { createServer } from 'node:net'
import { flushCompileCache } from 'node:module'
import { TransportError } from '@temporalio/worker'

// A port at which nobody is: the worker gets as far as it can without a server.
const port = await new Promise<number>((resolve, reject) => {
  const probe = createServer().once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 1))
  })
})
process.env['TEMPORAL_ADDRESS'] = `127.0.0.1:${port}`
process.env['CHAOS_LEDGER_URL'] = `http://127.0.0.1:${port}`

// Of the other programs.
await import('./service.ts')
await import('../../../harness/effects/ledger.ts')

try {
  await import('./worker.ts')
  throw new Error('the worker found a server where there is none')
} catch (thrown) {
  if (!(thrown instanceof TransportError)) throw thrown
}
flushCompileCache()
