// Where Debian's packages are taken from: where this machine takes its own from, if it is a Debian, else
// Debian's own.
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

const debiansOwn = 'http://deb.debian.org/debian'

export async function debianMirror(): Promise<string> {
  const files = globSync('/etc/apt/{sources.list,sources.list.d/*.{list,sources}}')
  const texts = await Promise.all(files.toSorted().map((file) => readFile(file, 'utf8')))
  return mirrorIn(texts.join('\n')) ?? debiansOwn
}

/** The first mirror of Debian itself in the text of apt's sources, old style or new. */
export function mirrorIn(sources: string): string | undefined {
  const lines = sources.split('\n').filter((line) => /^\s*(deb|URIs:)\s/.test(line))
  return lines
    .map((line) => /\bhttps?:\/\/\S+?\/debian(?=\/?(\s|$))/.exec(line)?.[0])
    .find((url) => url !== undefined)
}
