// npm runs a script in the project's root; a path on its command line means where the user stands.
import { resolve } from 'node:path'

export const fromCwd = (path: string): string =>
  resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
