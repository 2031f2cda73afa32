// Links between pages of Markdown that lead to nothing.
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'

export interface BrokenLink {
  readonly page: string
  /** Relative to the folder, with `/`. */
  readonly to: string
}

/** Of all pages in a folder, without those of installed packages. */
export async function brokenLinks(folder: string): Promise<BrokenLink[]> {
  const broken: BrokenLink[] = []
  for await (const page of glob('**/*.md', { cwd: folder, exclude: (name) => /node_modules/.test(name) })) {
    const text = await readFile(path.join(folder, page), 'utf8')
    for (const [, link = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(link)) continue
      const to = path.posix.join(path.posix.dirname(page), link)
      if (!existsSync(path.join(folder, to))) broken.push({ page, to })
    }
  }
  return broken
}
