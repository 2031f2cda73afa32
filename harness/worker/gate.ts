// A gate that lets in so many at a time.

/** Nobody waits longer for one that does not leave. */
export const maxHoldMs = 15_000

/** So many within at a time, in the order of asking, each for 15 s at most. */
export class Gate<Member> {
  readonly #atATime: number
  readonly #within = new Map<Member, NodeJS.Timeout>()
  readonly #onChange: () => void
  readonly #waiting: (() => void)[] = []
  #isOpen = true

  /** @param onChange told when somebody may have entered or left */
  constructor(atATime: number, onChange: () => void = () => undefined) {
    this.#atATime = atATime
    this.#onChange = onChange
  }

  count(which: (member: Member) => boolean): number {
    return [...this.#within.keys()].filter(which).length
  }

  /** While it is closed nobody enters; who is within may leave. */
  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen
    this.#goOn()
  }

  /** @throws what the signal is aborted with while it waits */
  async enter(member: Member, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(enter), 1)
      reject(signal.reason as Error)
    }
    const enter = () => {
      signal.removeEventListener('abort', leave)
      this.#within.set(member, setTimeout(() => this.leave(member), maxHoldMs).unref())
      resolve()
    }
    signal.addEventListener('abort', leave, { once: true })
    this.#waiting.push(enter)
    this.#goOn()
    await promise
  }

  leave(member: Member): void {
    clearTimeout(this.#within.get(member))
    this.#within.delete(member)
    this.#goOn()
  }

  #goOn(): void {
    while (this.#isOpen && this.#within.size < this.#atATime && this.#waiting.length > 0) {
      this.#waiting.shift()?.()
    }
    this.#onChange()
  }
}
