/** Makes files from code. Pure: the same code gives the same text, on every machine. */
export type Generator = {
  readonly name: string
  /** Path from the root -> the whole text of the file. */
  readonly files: () => Files | Promise<Files>
}

type Files = Readonly<Record<string, string>>
