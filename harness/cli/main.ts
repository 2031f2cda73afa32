// The command's entry: it reuses Node's compiled code of earlier campaigns, which halves the start-up time.
// The cache must be enabled before anything else loads, so this file is separate.
import { enableCompileCache } from 'node:module'
import { compileCacheFolder } from '../core/cache-root.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { exitOnSignals } from './early-signals.ts'

// Whatever ends this process before its work has settled, 0 must not be its exit code.
process.exitCode = exitCodes.unproven.code
exitOnSignals()
// `doctor` looks, and writes nothing to find out.
if (process.argv[2] !== 'doctor') enableCompileCache(compileCacheFolder(process.env))
try {
  await import('./program.ts')
} catch (thrown) {
  // Node would end with 1, which here means a broken promise.
  console.error(thrown)
  process.exit(exitCodes.unproven.code)
}
