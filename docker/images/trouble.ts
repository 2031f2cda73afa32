// What the engine's and debootstrap's complaints mean, and what to do about them.
import { ChaosError } from '../../harness/core/errors.ts'

export const engineHint =
  'Install an engine (on Debian: apt-get install docker.io) and start it (dockerd), or set DOCKER_HOST to one.'

/** Undefined where the output does not tell of a full disk. */
export function diskTrouble(output: string): ChaosError | undefined {
  if (!/no space left on device|ENOSPC|EDQUOT/i.test(output)) return undefined
  return new ChaosError(`the disk is full:\n${output}`, {
    code: 'CHAOS_DISK_FULL',
    hint: 'The build needs about 2 GB in the temporary folder (TMPDIR) and 2 GB where the engine keeps images.',
  })
}

/** Undefined where the engine itself is not what the output complains of. */
export function engineTrouble(output: string): ChaosError | undefined {
  if (/permission denied.*(docker|socket)/i.test(output)) {
    return new ChaosError(`the engine refuses: ${lastLine(output)}`, {
      code: 'CHAOS_ENGINE_REFUSED',
      hint: 'Add yourself to the group docker and log in again, or run this by sudo.',
    })
  }
  if (/cannot connect to the docker daemon|is the docker daemon running|connection refused/i.test(output)) {
    return new ChaosError(`no engine answers: ${lastLine(output)}`, {
      code: 'CHAOS_ENGINE_MISSING',
      hint: engineHint,
    })
  }
  if (
    /pull access denied|manifest unknown|failed to resolve|dial tcp|lookup .* (no such host|on )/i.test(
      output,
    )
  ) {
    return new ChaosError(`an image cannot be pulled: ${lastLine(output)}`, {
      code: 'CHAOS_IMAGE_MISSING',
      hint: 'Leave out --base: the base is then made from Debian packages.',
    })
  }
  return undefined
}

/** Undefined where it is none of those that have a remedy. */
export function debootstrapTrouble(output: string, mirror: string): ChaosError | undefined {
  if (/failed getting release file|couldn't download|unable to resolve|bad address/i.test(output)) {
    return new ChaosError(`${mirror} does not give what is needed:\n${output}`, {
      code: 'CHAOS_NO_NETWORK',
      hint: 'Name a Debian mirror that answers here by --mirror; a proxy by http_proxy.',
    })
  }
  if (/unknown key|keyring/i.test(output)) {
    return new ChaosError(`the signature of ${mirror} cannot be checked:\n${output}`, {
      code: 'CHAOS_NO_KEYRING',
      hint: 'Install the keys of Debian releases: apt-get install debian-archive-keyring.',
    })
  }
  if (/operation not permitted|unshare failed/i.test(output)) {
    return new ChaosError(`debootstrap is not let to: ${lastLine(output)}`, {
      code: 'CHAOS_NOT_PERMITTED',
      hint: 'It needs a machine, or a privileged container, in which root may mount.',
    })
  }
  return undefined
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}
