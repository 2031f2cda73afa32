// Reads what `go build -v` prints: a line for each module it fetches and each package it compiles, and its complaints.

/** Packages that both binaries are made of, by `go list -deps`; fewer are printed where the build cache has some. */
const packagesAbout = 1_436

const linkedLast = 'go.temporal.io/server/cmd/server'

export class GoProgress {
  #modules = 0
  #packages = 0
  #linking = false
  #toolchain: string | undefined
  readonly #complaints: string[] = []

  read(line: string): void {
    const fetched = /^go: downloading (\S+) /.exec(line)?.[1]
    if (fetched !== undefined) {
      if (fetched.startsWith('go1.')) this.#toolchain = fetched
      else this.#modules += 1
    } else if (/^[\w.~+-]+(\/[\w.~+-]+)*$/.test(line)) {
      this.#packages += 1
      this.#linking ||= line === linkedLast
    } else if (line.trim() !== '') {
      this.#complaints.push(line)
    }
  }

  /** `42 modules fetched, 512 of about 1436 packages compiled` */
  get text(): string {
    const parts = [
      ...(this.#toolchain === undefined ? [] : [`${this.#toolchain} fetched`]),
      ...(this.#modules === 0 ? [] : [`${this.#modules} modules fetched`]),
      ...(this.#packages === 0 ? [] : [`${this.#packages} of about ${packagesAbout} packages compiled`]),
      ...(this.#linking ? ['linking'] : []),
    ]
    // Where the build cache has everything Go says nothing, though linking alone takes many seconds.
    return parts.length === 0 ? 'loading or linking' : parts.join(', ')
  }

  /** The last lines that are no progress, on one line; undefined where there were none. */
  get complaint(): string | undefined {
    return this.#complaints.length === 0 ? undefined : this.#complaints.slice(-6).join(' | ')
  }
}
