// What of a session's processes is under test: a cluster from its first process on, also while no run is on it, and every
// incarnation of a worker. None of it is the harness's, whether or not anybody watches it.
import type { Session, Spawned } from './session.ts'

export class UnderTest {
  /** The session, for those that start what is under test. */
  readonly session: Session
  readonly #living = new Set<Spawned>()

  constructor(session: Session) {
    this.session = {
      id: session.id,
      folder: session.folder,
      spawn: async (...started) => this.#note(await session.spawn(...started)),
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    }
  }

  /** What was started through its session and has not ended. */
  get pids(): readonly number[] {
    return [...this.#living].map(({ pid }) => pid)
  }

  #note(spawned: Spawned): Spawned {
    if (spawned.exit !== null) return spawned
    this.#living.add(spawned)
    void spawned.exited.then(() => this.#living.delete(spawned))
    return spawned
  }
}
