// The command's first file: what Node compiled for the last campaign is used again, which halves the start-up.
// It must be in effect before anything else is loaded, hence a file of its own.
import { enableCompileCache } from 'node:module'
import { compileCacheFolder } from '../core/cache-root.ts'

enableCompileCache(compileCacheFolder(process.env))
await import('./program.ts')
