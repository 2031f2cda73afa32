// One workflow bundle serves all workers of a campaign: starting with it takes a third of the time.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ChaosError } from '../../core/errors.ts'
import { onAbort } from '../../core/on-abort.ts'
import { programBeside } from '../../core/program-beside.ts'
import type { Session } from '../../processes/session.ts'
import { compileCache } from '../compile-cache.ts'

const child = programBeside('bundle-child', import.meta.url)

export interface BundleSource {
  /** Exports the workflows. */
  readonly workflowsPath: string
  /** File of a module that exports a `dataConverter`, whose payload converter goes into the bundle. @default null */
  readonly dataConverter?: string | null
}

/**
 * Bundles the workflows that `workflowsPath` exports. @returns the bundle's path, in the session's folder
 * @throws ChaosError `CHAOS_BUNDLE_FAILED` with what the bundler said
 */
export async function bundleWorkflows(
  session: Session,
  { workflowsPath, dataConverter = null }: BundleSource,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted()
  const bundleFile = path.join(session.folder, `${name}.js`)
  const logFile = path.join(session.folder, `${name}.log`)
  const converter = dataConverter === null ? [] : [dataConverter]
  const args = [child, workflowsPath, bundleFile, ...converter]
  const bundling = await session.spawn(process.execPath, args, { logFile, env: compileCache() })
  using _ = onAbort(signal, () => bundling.signal('SIGKILL'))
  const { code } = await bundling.exited
  signal.throwIfAborted()
  if (code === 0) return bundleFile
  throw new ChaosError(
    `the workflows of ${workflowsPath} cannot be bundled:\n${await readFile(logFile, 'utf8')}`,
    {
      code: 'CHAOS_BUNDLE_FAILED',
    },
  )
}
