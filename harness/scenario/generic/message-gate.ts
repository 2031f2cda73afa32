// Holds back the message before which a fault is to come, for every workflow of a run, until the fault was injected.
import type { SendingHooks } from './messages.ts'

export class MessageGate {
  readonly #due: number
  readonly #isOnly: boolean
  readonly #open = Promise.withResolvers<void>()
  readonly #first = Promise.withResolvers<void>()
  readonly #underWay: Promise<void>[] = []
  #isOpen = false

  /**
   * @param due the index of the message; -1 if the fault comes at no message's turn
   * @param isOnly whether there is one workflow only: where several are, the others may have passed the message's place
   */
  constructor(due: number, isOnly: boolean) {
    this.#due = due
    this.#isOnly = isOnly
  }

  /** The message's turn has come in one of the workflows. */
  get first(): Promise<void> {
    return this.#first.promise
  }

  open(): void {
    this.#isOpen = true
    this.#open.resolve()
  }

  /** Resolves once the message was answered in every workflow in which its turn had come before the gate was opened. */
  async untilHeldAreSent(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  /** For the messages of one workflow; `over` is to be called once no more of them will be sent. */
  hooks(): SendingHooks & { readonly over: () => void } {
    const sent = Promise.withResolvers<void>()
    return {
      before: async (index) => {
        if (index !== this.#due) return
        if (!this.#isOpen) this.#underWay.push(sent.promise)
        this.#first.resolve()
        await this.#open.promise
      },
      onAnswered: (index) => {
        if (index === this.#due) sent.resolve()
      },
      isAim: (index) => this.#isOnly && index === this.#due,
      over: () => sent.resolve(),
    }
  }
}
