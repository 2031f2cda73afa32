// What a user's replay command said: JSON lines among whatever else it printed, and why the rest is missing.
import { open } from 'node:fs/promises'
import { z } from 'zod'
import { formatDuration } from '../../core/duration.ts'
import { shortened } from '../../core/shortened.ts'
import type { Exit } from '../../processes/session.ts'
import { endOf, lastLines } from '../../processes/log-tail.ts'

const answerSchema = z.union([
  z.object({ file: z.string(), ok: z.literal(true) }),
  z.object({ file: z.string(), ok: z.literal(false), message: z.string().optional() }),
  /** It cannot replay this one, as a worker of another language would have to. */
  z.object({ file: z.string(), skipped: z.string() }),
])

export type CommandAnswer =
  | { /** Null if the history replays. */ readonly error: string | null }
  | { /** Why nobody knows. */ readonly unknown: string }

/** By file. A file is absent if nothing was said of it. */
export async function answersIn(
  output: string,
  files: readonly string[],
): Promise<Map<string, CommandAnswer>> {
  const answers = new Map<string, CommandAnswer>()
  await using printed = await open(output)
  for await (const line of printed.readLines()) {
    const said = jsonIn(line)
    const file = z.object({ file: z.string() }).safeParse(said).data?.file
    if (file === undefined || !files.includes(file)) continue
    const before = answers.get(file)
    const answer = answerOf(said, line)
    answers.set(file, before === undefined || isSame(before, answer) ? answer : contradiction(file))
  }
  return answers
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Whatever else it prints is no answer.
    return undefined
  }
}

function answerOf(said: unknown, line: string): CommandAnswer {
  const { data } = answerSchema.safeParse(said)
  if (data === undefined)
    return { unknown: `the replay command's answer cannot be read: ${shortened(line, 200)}` }
  if ('skipped' in data) return { unknown: `the replay command skipped it: ${data.skipped}` }
  if (data.ok) return { error: null }
  const { message = 'the replay command gives no reason' } = data
  if (unknownType.test(message))
    return { unknown: `the replay command lacks its workflow type: ${shortened(message, 200)}` }
  return { error: message }
}

/**
 * How the SDKs say that the code has no workflow of this type: Python and .NET, Go, Java, TypeScript. Then another worker ran
 * it, and nothing is said about its code.
 */
const unknownType =
  /Workflow (?:class|type) \S+ is not registered|unable to find workflow type|Unknown workflow type|no such function is exported by the workflow bundle/

function isSame(one: CommandAnswer, other: CommandAnswer): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function contradiction(file: string): CommandAnswer {
  return { unknown: `the replay command answered twice for ${file}, and not the same` }
}

const shownLines = 3

/** @param exit undefined if it was ended after its time */
export async function whySilent(
  command: readonly string[],
  exit: Exit | undefined,
  limitMs: number,
  errors: string,
): Promise<string> {
  const tail = await endOf(errors)
  const lines = lastLines(tail, shownLines, 'stderr')
    .split('\n')
    .map((line) => line.trim())
  const how = exit === undefined ? `ran for over ${formatDuration(limitMs)} and was ended` : endedBy(exit)
  return `the replay command (${shortened(command.join(' '), 200)}) said nothing of it and ${how}; stderr: ${lines.join(' | ')}`
}

function endedBy({ code, signal }: Exit): string {
  return signal === null ? `ended with exit code ${code ?? '?'}` : `was ended by ${signal}`
}
