// Opens a session: guard first, then the folder, then the sweep of dead sessions. In this order a SIGKILL
// between any two lines leaves nothing without a guard.
import { randomBytes } from 'node:crypto'
import { ChaosError } from '../core/errors.ts'
import { settleBoth } from '../core/settle-both.ts'
import { removeSessionFromEngine } from '../containers/cleanup/remove-session.ts'
import { endProcesses } from '../processes/end-processes.ts'
import { childEnvironment } from '../processes/environment.ts'
import { GuardClient } from './guard-client.ts'
import type { ProcessId, SessionMark } from '../processes/process-row.ts'
import { startOf } from '../processes/process-table.ts'
import { removeFolder } from '../core/remove-folder.ts'
import type { Session, Spawned, SpawnOptions } from '../processes/session.ts'
import { createSessionFolder, sessionFolder } from './session-folder.ts'
import { spawnChild } from '../processes/spawn.ts'
import { sweep } from './sweep.ts'

export interface OpenSessionOptions {
  /** Called with what a dead session left behind and whether it was removed. @default a line on stderr */
  readonly onNotice?: (text: string) => void
}

/**
 * @throws ChaosError `CHAOS_GUARD_LOST` if the guard does not start,
 *   `CHAOS_TEMP_UNUSABLE` if there is no temporary folder or the session's cannot be made in it
 */
export async function openSession(options: OpenSessionOptions = {}): Promise<Session> {
  const id = randomBytes(8).toString('hex')
  const mark = { id, folder: sessionFolder(id) }
  const guard = new GuardClient(mark)
  try {
    await settleBoth(guard.ready(), createSessionFolder(mark.folder))
    await sweep(options.onNotice ?? ((text) => process.stderr.write(`${text}\n`)))
  } catch (thrown) {
    await guard.release()
    throw thrown
  }
  return new GuardedSession(mark, guard)
}

class GuardedSession implements Session {
  readonly id: string
  readonly folder: string
  readonly #guard: GuardClient
  readonly #children = new Map<Spawned, ProcessId>()
  #closed: Promise<void> | undefined

  constructor(mark: SessionMark, guard: GuardClient) {
    this.id = mark.id
    this.folder = mark.folder
    this.#guard = guard
  }

  async spawn(file: string, args: readonly string[], options: SpawnOptions = {}): Promise<Spawned> {
    if (this.#closed !== undefined) {
      throw new ChaosError(`cannot start ${file}: the session is closed`, { code: 'CHAOS_SESSION_CLOSED' })
    }
    this.#guard.assertAlive()
    const child = await spawnChild(file, args, childEnvironment(process.env, this.id, options.env), options)
    // Undefined if it has exited already: then there is nothing to watch.
    const started = startOf(child.pid)
    if (started !== undefined) this.#watch(child, { pid: child.pid, started })
    return child
  }

  holdFrozen(target: ProcessId): () => void {
    this.#guard.assertAlive()
    this.#guard.frozen(target)
    return () => this.#guard.resumed(target.pid)
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  #watch(child: Spawned, processId: ProcessId): void {
    this.#children.set(child, processId)
    this.#guard.watch(processId)
    void child.exited.then(() => {
      this.#children.delete(child)
      this.#guard.forget(child.pid)
    })
  }

  async #close(): Promise<void> {
    const children = [...this.#children]
    try {
      await this.#endAll(children.map(([, processId]) => processId))
      await Promise.all(children.map(([child]) => child.exited))
      const contained = await removeSessionFromEngine(this)
      if (contained.length > 0) throw notRemoved(contained)
      await removeFolder(this.folder)
    } catch (thrown) {
      // The guard was not dismissed, so it tries once more.
      await this.#guard.release()
      throw thrown
    }
    await this.#guard.dismiss()
  }

  async #endAll(leaders: readonly ProcessId[]): Promise<void> {
    const survivors = await endProcesses(this, leaders)
    if (survivors.length === 0) return
    throw new ChaosError(`processes ${survivors.map((row) => row.pid).join(', ')} do not end on SIGKILL`, {
      code: 'CHAOS_SESSION_NOT_ENDED',
      hint: 'They are waiting in the kernel, for a disk most likely; the next start looks for them again.',
    })
  }
}

function notRemoved(names: readonly string[]): ChaosError {
  return new ChaosError(`the container engine does not remove ${names.join(', ')}`, {
    code: 'CHAOS_SESSION_NOT_ENDED',
    hint: 'The next start tries again; "docker rm --force" and "docker network rm" remove them by hand.',
  })
}
