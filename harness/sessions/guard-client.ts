// The harness's end of the pipe to its guard (see guard.ts).
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { ChaosError, messageOf } from '../core/errors.ts'
import { programBeside } from '../core/program-beside.ts'
import { guardStays, type GuardMessage } from './guard-protocol.ts'
import type { ProcessId, SessionMark } from '../processes/process-row.ts'

export class GuardClient {
  readonly #guard: ChildProcessByStdio<Writable, Readable, Readable>
  #stdout = ''
  #stderr = ''
  #ended: string | undefined
  /** Somebody waits for the guard's exit, so the guard keeps the harness's process alive. */
  #isAwaited = false

  /**
   * Starts a guard, which watches over the session from now on, even before `ready` resolves. It shares
   * neither terminal nor output with the harness and does not keep the harness's process alive.
   */
  constructor(mark: SessionMark) {
    const program = programBeside('guard', import.meta.url)
    this.#guard = spawn(process.execPath, [program, mark.id, mark.folder], {
      cwd: '/',
      detached: true,
      env: { PATH: process.env['PATH'] },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#guard.on('exit', (code, signal) => {
      this.#ended = `exited with ${signal ?? code}`
    })
    this.#guard.on('error', (error) => {
      this.#ended = messageOf(error)
    })
    // A broken pipe says no more than the exit does.
    this.#guard.stdin.on('error', () => undefined)
    this.#guard.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
    })
    this.#guard.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
  }

  /** @throws ChaosError `CHAOS_GUARD_LOST` if it does not start */
  async ready(): Promise<void> {
    const { stdin, stdout, stderr } = this.#guard
    await Promise.race([
      once(stdout, 'data'),
      once(stdout, 'close').then(() => { throw this.#lost() }),
    ]) // prettier-ignore
    if (!this.#isAwaited) this.#guard.unref()
    for (const stream of [stdin, stdout, stderr]) if (stream instanceof Socket) stream.unref()
  }

  /** @throws ChaosError `CHAOS_GUARD_LOST` if the guard is gone: nothing may be started without it */
  assertAlive(): void {
    if (this.#ended !== undefined) throw this.#lost()
  }

  watch(child: ProcessId): void {
    this.#send({ type: 'watch', child })
  }

  forget(pid: number): void {
    this.#send({ type: 'forget', pid })
  }

  frozen(target: ProcessId): void {
    this.#send({ type: 'frozen', target })
  }

  resumed(pid: number): void {
    this.#send({ type: 'resumed', pid })
  }

  /** For a clean session: the guard exits without touching anything. Resolves when it is gone. */
  async dismiss(): Promise<void> {
    this.#send({ type: 'dismiss' })
    await this.release()
  }

  /**
   * Closes the pipe, so that the guard cleans up. Resolves when the guard is gone, or says that it needs
   * longer.
   */
  async release(): Promise<void> {
    this.#guard.stdin.end()
    if (this.#ended !== undefined) return
    this.#isAwaited = true
    this.#guard.ref()
    await Promise.race([once(this.#guard, 'exit'), this.#stays()])
    this.#isAwaited = false
    this.#guard.unref()
  }

  async #stays(): Promise<void> {
    while (!this.#stdout.includes(guardStays)) await once(this.#guard.stdout, 'data')
  }

  #send(message: GuardMessage): void {
    if (this.#ended === undefined) this.#guard.stdin.write(`${JSON.stringify(message)}\n`)
  }

  #lost(): ChaosError {
    const said = this.#stderr.trim()
    return new ChaosError(`the guard process ${this.#ended ?? 'closed its output'}${said && `: ${said}`}`, {
      code: 'CHAOS_GUARD_LOST',
      hint: 'Nothing is started without a guard, since nobody would end it if the harness were killed. Start again.',
    })
  }
}
