// Variables that look like settings and are none: a misspelt one would change nothing, without a word.
import { distance } from 'fastest-levenshtein'
import { settingNames, settings } from './settings.ts'

/** Of processes that the harness starts, and of its tests. */
const others =
  /^CHAOS_(SESSION|TASK_QUEUE|IDENTITY|POLLS|INCARNATION|LEDGER_URL|WORKFLOW_BUNDLE|TEST.*|RUN_.*)$/

/** One sentence for each variable of the environment that is named like a setting and is none. */
export function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = settingNames.map((name): string => settings[name].env)
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('CHAOS_') && !known.includes(name) && !others.test(name),
  )
  return unknown.toSorted().map((name) => {
    const near = known.toSorted((a, b) => distance(name, a) - distance(name, b))[0] ?? ''
    const meant = distance(name, near) <= 2 ? `; did you mean ${near}?` : ''
    return `${name} is not a setting and has no effect${meant}`
  })
}
