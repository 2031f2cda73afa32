// What Node compiles for one child is kept for the next: a fifth of a worker's start is compiling the SDK.
// Only a child that exits by itself writes it, so the bundler, which comes first, makes it for the workers.
import { compileCacheFolder } from '../core/cache-root.ts'

/** Environment of the Node children of a campaign. */
export function compileCache(): { readonly NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: compileCacheFolder(process.env) }
}
