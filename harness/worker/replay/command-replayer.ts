// Replays histories by a command of the user, since only an SDK of the worker's own language can. It gets a folder of
// histories, and says in one JSON line for each whether it replays. Whatever it does not say is not known: never broken.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Deadline } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import { onAbort } from '../../core/on-abort.ts'
import { textAttribute } from '../../history/event.ts'
import type { Exit, Session, Spawned } from '../../processes/session.ts'
import { answersIn, whySilent } from './command-answers.ts'
import { makeWay } from './make-way.ts'
import type { ReplayedHistory, Replayer } from './replayer.ts'
import type { ReplayOutcome } from './replay-protocol.ts'

export interface CommandReplayerOptions {
  /** Program and arguments, run without a shell. `{{histories}}` stands for the folder of the histories. */
  readonly command: readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** Its whole environment, but for the few variables that every child gets. */
  readonly env: Readonly<Record<string, string>>
  /** For all histories of a run; then it is ended. */
  readonly withinMs: number
}

/** One command at a time, whatever runs ask: it works beside others that are being timed. */
export function commandReplayer(session: Session, options: CommandReplayerOptions): Pick<Replayer, 'replay'> {
  let turn: Promise<unknown> = Promise.resolve()
  let count = 0
  return {
    async replay(histories, _namespace, deadline) {
      if (histories.length === 0) return []
      const before = turn
      const { promise, resolve: leave } = Promise.withResolvers<void>()
      turn = before.then(() => promise)
      try {
        await untilAborted(before, deadline.signal)
        count += 1
        const folder = path.join(session.folder, `replay-command-${count}`)
        return await replayIn(folder, session, options, histories, deadline)
      } catch (thrown) {
        return notReplayed(histories, thrown)
      } finally {
        leave()
      }
    },
  }
}

async function replayIn(
  folder: string,
  session: Session,
  options: CommandReplayerOptions,
  histories: readonly ReplayedHistory[],
  deadline: Deadline,
): Promise<ReplayOutcome[]> {
  const place = path.join(folder, 'histories')
  const [output, errors] = [path.join(folder, 'stdout'), path.join(folder, 'stderr')]
  await mkdir(place, { recursive: true })
  try {
    const files = await writeHistories(place, histories)
    const inPlace = (text: string) => text.replaceAll(/\{\{\s*histories\s*\}\}/g, () => place)
    const [program = '', ...args] = options.command.map(inPlace)
    const env = Object.fromEntries(Object.entries(options.env).map(([name, text]) => [name, inPlace(text)]))
    const started = { cwd: options.cwd, env, logFile: output, errorFile: errors }
    // Not the time of whoever asks: a command that compiles first takes longer.
    const limit = Deadline.after(options.withinMs, deadline.signal)
    const exit = await ended(await session.spawn(program, args, started), limit)
    const answers = await answersIn(output, files)
    const silent = await whySilent(options.command, exit, options.withinMs, errors)
    return histories.map(({ run: { runId } }, index): ReplayOutcome => {
      const answer = answers.get(files[index] ?? '')
      if (answer === undefined) return { runId, notReplayed: silent }
      return 'unknown' in answer
        ? { runId, notReplayed: answer.unknown }
        : { runId, error: answer.error, way: '' }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @throws what the signal is aborted with */
async function untilAborted(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  using _listening = onAbort(signal, () => reject(signal.reason as Error))
  await Promise.race([before, promise])
}

/** @returns the names of the files, in the order of the histories */
async function writeHistories(folder: string, histories: readonly ReplayedHistory[]): Promise<string[]> {
  const index = histories.map(({ run, events: [started] }, number) => ({
    file: `${number}.json`,
    ...run,
    workflowType: started && textAttribute(started, 'workflowType', 'name'),
    taskQueue: started && textAttribute(started, 'taskQueue', 'name'),
  }))
  await Promise.all([
    ...histories.map(({ events }, number) =>
      writeFile(path.join(folder, `${number}.json`), JSON.stringify({ events })),
    ),
    writeFile(path.join(folder, 'index.json'), JSON.stringify(index, null, 2)),
  ])
  return index.map(({ file }) => file)
}

/** Undefined if it had to be ended because the time was up. @throws the reason of the deadline's signal */
async function ended(process: Spawned, deadline: Deadline): Promise<Exit | undefined> {
  await makeWay(process)
  try {
    return await deadline.race(process.exited, {
      what: 'the replay command',
      code: 'CHAOS_REPLAY_UNAVAILABLE',
    })
  } catch (thrown) {
    process.signal('SIGKILL')
    await process.exited
    deadline.signal.throwIfAborted()
    if (!(thrown instanceof ChaosError)) throw thrown
    return undefined
  }
}

/** A command that cannot be started is the user's, as one that waits for others too long is. */
function notReplayed(histories: readonly ReplayedHistory[], thrown: unknown): ReplayOutcome[] {
  const codes = ['CHAOS_SPAWN_FAILED', 'CHAOS_REPLAY_UNAVAILABLE']
  if (!(thrown instanceof ChaosError) || !codes.includes(thrown.code)) throw thrown
  return histories.map(({ run: { runId } }) => ({ runId, notReplayed: thrown.message }))
}
