/** Makes a text. @param toRoot the path from the page's folder to the repository's, '' or '../', for links */
export type Generator = (toRoot: string) => string | Promise<string>

const place = /(<!-- generated:([\w-]+) -->).*?(<!-- \/generated -->)/gs

/** The names of a page's marked places, each once. */
export function placesIn(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(place)].map(([, , name = '']) => name))
}

/**
 * Puts each text between `<!-- generated:NAME -->` and the next `<!-- /generated -->`.
 * @throws Error if there is no generator with that name
 */
export async function fillPage(
  page: string,
  generators: Readonly<Record<string, Generator>>,
  toRoot: string,
): Promise<string> {
  const texts = new Map<string, string>()
  for (const name of placesIn(page)) {
    const generate = generators[name]
    if (generate === undefined) throw new Error(`there is no text called ${name} to generate`)
    texts.set(name, await generate(toRoot))
  }
  return page.replaceAll(
    place,
    (_, open: string, name: string, close: string) => `${open}\n\n${texts.get(name) ?? ''}\n\n${close}`,
  )
}

/** @throws Error if no page uses a text, since nobody would read it */
export function checkAllUsed(
  pages: readonly string[],
  generators: Readonly<Record<string, Generator>>,
): void {
  const used = new Set(pages.flatMap((page) => [...placesIn(page)]))
  const unused = Object.keys(generators).filter((name) => !used.has(name))
  if (unused.length > 0) throw new Error(`no page has a place for ${unused.join(', ')}`)
}
