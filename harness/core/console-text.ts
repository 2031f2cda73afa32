// Text of the system under test on a console. It must not steer a terminal, nor command a CI system that reads
// the output, nor push everything else off the screen.
import { stripVTControlCharacters } from 'node:util'

/** A longer text is cut, with the number of characters that are left out. */
export const longestText = 2_000

/** All but tabs and line breaks, and the characters that turn the direction of writing. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g

/** GitHub, GitLab, Azure and TeamCity read these as commands: the first at a line's beginning, the others anywhere. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/^([^\S\n]*)::/gm, '$1: :'],
  [/##(?=\[|vso\[|teamcity\[)/g, '# #'],
  [/section_(?=start:|end:)/g, 'section '],
]

/** The text for a console. Colours are dropped, other control characters become U+FFFD. */
export function consoleText(text: string): string {
  // What comes after the cut is not looked at: a text may be many megabytes long.
  const kept = text.slice(0, longestText)
  const shown = stripVTControlCharacters(kept).replaceAll(/\r\n?/g, '\n').replaceAll(control, '\uFFFD')
  const safe = commands.reduce((line, [command, harmless]) => line.replaceAll(command, harmless), shown)
  const more = text.length - kept.length
  return more === 0 ? safe.toWellFormed() : `${safe.toWellFormed()}… (${more} more characters)`
}

/** A copy of the value with every text in it made safe, also the names of fields. */
export function consoleTexts<T>(value: T): T {
  return safe(value) as T
}

function safe(value: unknown): unknown {
  if (typeof value === 'string') return consoleText(value)
  if (Array.isArray(value)) return value.map(safe)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [consoleText(name), safe(inner)]))
}
