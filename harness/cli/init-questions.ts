// What `init` asks a person: only what the source code leaves open.
import type { Answers } from '../config/init/draft.ts'
import type { Language } from '../config/init/language.ts'
import type { Look } from '../config/init/look.ts'

export async function askLanguage(languages: readonly Language[]): Promise<Language> {
  const { select } = await import('@inquirer/prompts')
  return select({ message: 'Which language is the worker written in?', choices: [...languages] })
}

/** Whoever answers nothing gets a place to fill in. */
export async function askWhatIsUnclear({ workflows, queues, worker }: Look): Promise<Answers> {
  const type = await askName(
    'Which workflow shall be started?',
    workflows.map((one) => one.type),
  )
  const queue = await askName('Which task queue does the worker poll?', queues)
  const command = worker === undefined ? await askCommand() : undefined
  return {
    ...(type === undefined ? {} : { type }),
    ...(queue === undefined ? {} : { queue }),
    ...(command === undefined ? {} : { command }),
  }
}

/** Undefined if there is nothing to ask, or no answer. */
async function askName(message: string, known: readonly string[]): Promise<string | undefined> {
  const { input, select } = await import('@inquirer/prompts')
  if (known.length > 1) return select({ message, choices: [...known] })
  if (known.length === 1) return undefined
  const answer = (await input({ message: `${message} (leave empty to fill it in later)` })).trim()
  return answer === '' ? undefined : answer
}

async function askCommand(): Promise<readonly string[] | undefined> {
  const { input } = await import('@inquirer/prompts')
  const answer = await input({
    message: 'Which command starts the worker? (leave empty to fill it in later)',
  })
  const words = answer.split(/\s+/).filter((word) => word !== '')
  return words.length === 0 ? undefined : words
}

/** Ctrl-C at a question. */
export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'ExitPromptError'
}
