// The programs that projects in other languages are built with: whether this machine has them.
import which from 'which'

/**
 * Why a project that needs these programs cannot be tested here; null if it can.
 * @throws if `CI_DOCKER` says that nothing may be skipped: `.ci/run` provides all of them
 */
export async function whyNoToolchain(programs: readonly string[]): Promise<string | null> {
  const found = await Promise.all(programs.map((name) => which(name, { nothrow: true })))
  const missing = programs.filter((_, at) => found[at] === null)
  if (missing.length === 0) return null
  const why = `there is no ${missing.join(' and no ')}`
  if (process.env['CI_DOCKER'] === '1') throw new Error(`CI_DOCKER=1, but ${why}`)
  return why
}
