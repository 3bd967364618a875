// Where a handler stood, in words: a broker's own for those it has, and the dedup store's, which are the same
// everywhere.

interface Told {
  readonly forms: { readonly stages: readonly (readonly [string, string])[] }
}

const LOOKING_UP: Readonly<Record<string, string>> = {
  checking: 'while it looks the message up',
  deduped: 'between look-up and effect',
  marking: 'while it marks the message',
  marked: 'between mark and effect',
}

/** 'after the effect, before the commit'; null for a stage that is no handler's. */
export function stageInWords({ forms }: Told, stage: string): string | null {
  const own = forms.stages.find(([value]) => value === stage)
  return own?.[1] ?? LOOKING_UP[stage] ?? null
}
