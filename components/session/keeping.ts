'use client'
// Where a page's work comes from when it opens, and where it is kept while it goes on.
import { useEffect } from 'react'
import { encodeFile } from '@/lib/scenario/codec'
import { nextBreach, verdictsAtEnd } from './causes'
import { useRunStore } from './context'
import { openLink, openSaved, openStarter, saveText } from './documents'
import { A_PRESS } from './place'
import { forgetWork, readChoice, readWork, setWorkAside, writeChoice, writeWork } from './storage'
import { type RunStore, VIEWS, type ViewMode } from './store'
import { openWhy } from './why'

/** What the page opens with when nothing else is asked for. */
export const FIRST = 'crash-between-effect-and-commit'

const KEEP_AFTER = 600
const FIRST_LOOK = 2_000

/** Opens what the address asks for, else the last work; follows the address; keeps what is done. */
export function useKeeping(): void {
  const store = useRunStore()
  useEffect(() => {
    begin(store)
    const follow = () => {
      if (window.location.hash.length > 1) openLink(store, window.location.hash)
    }
    window.addEventListener('hashchange', follow)
    const stop = keep(store)
    return () => {
      window.removeEventListener('hashchange', follow)
      stop()
    }
  }, [store])
}

function begin(store: RunStore) {
  const { hash, search } = window.location
  const query = new URLSearchParams(search)
  const view = viewNamed(query.get('view')) ?? readChoice('view')
  if (view !== null) store.getState().set({ view })
  const asked = query.get('scenario')
  const why = query.has('why')
  if (hash.length > 1 && openLink(store, hash)) return why ? askWhy(store) : undefined
  if (hash.length <= 1 && asked !== null && openStarter(store, asked))
    return why ? askWhy(store) : undefined
  const refused = store.getState().notice
  const work = readWork()
  if (work === null) return showBreach(store)
  if (!openSaved(store, work.document, work.atMs)) {
    setWorkAside()
    const { notice, set } = store.getState()
    const save = () => saveText('work.json', work.document)
    showBreach(store)
    if (notice !== null)
      set({ notice: { ...notice, action: { label: 'Save it as a file', run: save } } })
    return
  }
  const { title } = store.getState().session.scenario
  store.getState().set({
    notice: refused ?? {
      tone: 'plain',
      text: `Your last work is back: ${title}.`,
      action: { label: 'Start afresh', run: () => startAfresh(store) },
    },
  })
}

/** Why the first breach of the run came about. */
function askWhy(store: RunStore) {
  const found = showBreach(store)
  if (found !== null) return openWhy(store, found.verdict.invariant, found.violation)
  const { atRest, length } = store.getState()
  const looked = atRest ? 'this run' : `the first ${length} steps; play on to look further`
  const text = `Nothing to explain: no guarantee is broken in ${looked}.`
  store.getState().set({ notice: { tone: 'plain', text } })
}

/** The very first thing to see is not an empty canvas but what went wrong, at the moment it did. */
function showBreach(store: RunStore) {
  const { session, lookAhead, seek } = store.getState()
  lookAhead(FIRST_LOOK, A_PRESS)
  const found = nextBreach(verdictsAtEnd(session), 0)
  if (found !== null) seek(found.violation.step)
  return found
}

const viewNamed = (name: string | null): ViewMode | null =>
  VIEWS.find((view) => view === name) ?? null

function startAfresh(store: RunStore) {
  forgetWork()
  if (openStarter(store, FIRST)) showBreach(store)
}

/** Writes the work down a little after each change, and at once when the page is left. */
function keep(store: RunStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let written = ''
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    const { session, nowMs, view } = store.getState()
    writeChoice('view', view)
    const work = { document: encodeFile(session.document()), atMs: Math.ceil(nowMs) }
    const text = `${work.atMs} ${work.document}`
    if (text === written) return
    written = text
    writeWork(work)
  }
  const stop = store.subscribe((now, before) => {
    if (now.revision !== before.revision) leaveAddress()
    if (now.playing && now.revision === before.revision) return
    timer ??= setTimeout(write, KEEP_AFTER)
  })
  window.addEventListener('pagehide', write)
  return () => {
    stop()
    window.removeEventListener('pagehide', write)
    // Going to another page of the site does not hide this one: what is still to be written is written now.
    if (timer !== undefined) write()
  }
}

/** An address that names another run than the one shown would bring the wrong one back on reload. */
function leaveAddress() {
  const { hash, search, pathname } = window.location
  if (hash !== '' || search !== '') window.history.replaceState(null, '', pathname)
}
