// Names tell a project's scenarios from the demonstration's, also where nothing but a stored name is left.

/** Scenarios of a project are named `<workload>/<fault>@<moment>`; a file's scenario has the name of the file. */
export function isProjectScenario(name: string): boolean {
  return name.includes('/')
}
