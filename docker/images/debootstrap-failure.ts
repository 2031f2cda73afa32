// What debootstrap's complaints mean, and what to do about them.
import { ChaosError } from '../../harness/core/errors.ts'

/** Undefined if there is no known remedy. */
export function debootstrapFailure(output: string, mirror: string): ChaosError | undefined {
  if (/failed getting release file|couldn't download|unable to resolve|bad address/i.test(output)) {
    return new ChaosError(`${mirror} does not serve Debian's packages:\n${output}`, {
      code: 'CHAOS_NO_NETWORK',
      hint: 'Name a Debian mirror that answers from here with --mirror, and a proxy with http_proxy.',
    })
  }
  if (/unknown key|keyring/i.test(output)) {
    return new ChaosError(`the signature of ${mirror} cannot be checked:\n${output}`, {
      code: 'CHAOS_NO_KEYRING',
      hint: 'Install the keys of Debian releases: apt-get install debian-archive-keyring.',
    })
  }
  if (/operation not permitted|unshare failed/i.test(output)) {
    return new ChaosError(`debootstrap is not permitted to mount: ${output.trim().split('\n').at(-1)}`, {
      code: 'CHAOS_NOT_PERMITTED',
      hint: 'It needs a machine, or a privileged container, in which root may mount.',
    })
  }
  return undefined
}
