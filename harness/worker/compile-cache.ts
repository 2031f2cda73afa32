// What Node compiles for one child of a session is kept for the next: a fifth of a worker's start is compiling the SDK.
// Only a child that exits by itself writes it, so the bundler, which comes first, makes it for the workers.
import path from 'node:path'
import type { Session } from '../stack/session.ts'

/** Environment of the Node children of a session. */
export function compileCache(session: Session): { readonly NODE_COMPILE_CACHE: string } {
  return { NODE_COMPILE_CACHE: path.join(session.folder, 'compiled') }
}
