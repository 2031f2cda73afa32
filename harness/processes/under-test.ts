// Records which processes of a session are under test: those of clusters, also between runs, and every
// incarnation of a worker. They never count as the harness's own.
import type { Session, Spawned } from './session.ts'

export class UnderTest {
  /** The session for code that starts something under test. */
  readonly session: Session
  readonly #living = new Set<Spawned>()

  constructor(session: Session) {
    this.session = {
      id: session.id,
      folder: session.folder,
      spawn: async (...started) => this.#note(await session.spawn(...started)),
      holdFrozen: (target) => session.holdFrozen(target),
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    }
  }

  /** The processes that were started through its session and have not ended. */
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
