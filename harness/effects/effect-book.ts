// The ledger's memory: it accepts each key once, and every call is on disk before it is answered.
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { isSamePayload } from '../record/effect-payload.ts'
import { effectSchema, type Effect } from '../record/effect.ts'
import type { ExpectedEffect } from '../record/expected-effect.ts'
import { LineDigest, type SealedFile } from '../record/seal.ts'

/** A call before the ledger has decided about it. */
export type EffectCall = Omit<Effect, 'sequence' | 'outcome'>

export class EffectBook implements AsyncDisposable {
  /** In the order of arrival. */
  readonly effects: Effect[]
  readonly #log: FileHandle
  readonly #digest = new LineDigest()
  readonly #accepted: Map<string, Effect>
  /** Keys under which attempts may send other payloads than the accepted one. */
  readonly #mayDiffer = new Set<string>()
  #tail: Promise<unknown> = Promise.resolve()

  private constructor(log: FileHandle, text: string) {
    this.#log = log
    this.#digest.add(text)
    this.effects = effectsIn(text)
    this.#accepted = new Map(this.effects.flatMap((one) => (one.outcome === 'new' ? [[one.key, one]] : [])))
  }

  /**
   * @param file JSON lines. Effects that are there already still count.
   * @throws zod's error for a line that is not an effect
   */
  static async open(file: string): Promise<EffectBook> {
    const log = await open(file, 'a')
    return new EffectBook(log, await readFile(file, 'utf8'))
  }

  /** What the file holds by now. */
  get written(): SealedFile {
    return this.#digest.sealed
  }

  expect(effects: readonly ExpectedEffect[]): void {
    for (const { key, payloadMayDiffer = false } of effects) if (payloadMayDiffer) this.#mayDiffer.add(key)
  }

  /** One at a time: the order in the file is the order of acceptance. */
  write(call: EffectCall): Promise<Effect> {
    const turn = this.#tail.then(() => this.#writeNow(call))
    this.#tail = turn.catch(() => undefined) // a failed append is its own request's error, answered as 500
    return turn
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tail
    await this.#log.close()
  }

  async #writeNow(call: EffectCall): Promise<Effect> {
    const effect: Effect = { ...call, sequence: this.effects.length + 1, outcome: this.#outcomeOf(call) }
    const line = `${JSON.stringify(effect)}\n`
    await this.#log.appendFile(line)
    await this.#log.datasync()
    this.#digest.add(line)
    this.effects.push(effect)
    if (effect.outcome === 'new') this.#accepted.set(effect.key, effect)
    return effect
  }

  #outcomeOf({ key, payload }: EffectCall): Effect['outcome'] {
    const accepted = this.#accepted.get(key)
    if (accepted === undefined) return 'new'
    const isSame = this.#mayDiffer.has(key) || isSamePayload(accepted.payload, payload)
    return isSame ? 'repeat' : 'conflict'
  }
}

/** @throws zod's error for a line that is not an effect */
function effectsIn(text: string): Effect[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => effectSchema.parse(JSON.parse(line)))
}
