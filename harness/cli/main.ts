// The command's entry: it reuses Node's compiled code of earlier campaigns, which halves the start-up time.
// The cache must be enabled before anything else loads, so this file is separate.
import { enableCompileCache } from 'node:module'
import { compileCacheFolder } from '../core/cache-root.ts'

enableCompileCache(compileCacheFolder(process.env))
await import('./program.ts')
