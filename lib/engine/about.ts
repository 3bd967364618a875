// What an envelope or a stage is about: one subject, or several separated by blanks (a batch).

/** Whether `about` names this subject; null asks for none in particular. */
export function isAbout(about: string | undefined, wanted: string | null): boolean {
  if (wanted === null) return true
  if (about === undefined) return false
  return about === wanted || ` ${about} `.includes(` ${wanted} `)
}
